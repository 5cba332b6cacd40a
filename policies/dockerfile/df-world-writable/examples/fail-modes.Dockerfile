FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN chmod 666 /a
RUN chmod 0776 /a
RUN chmod a+w /a
RUN chmod u=rwx,o+rw /a
RUN chmod ugo=rwx /a
RUN chmod 4772 /a
RUN chmod 00773 /a
RUN chmod og+w,u+x /a
