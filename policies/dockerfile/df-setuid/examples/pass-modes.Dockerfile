FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN chmod 1777 /tmp && chmod u-s /a && chmod a-s /a && chmod u+rwx /s && chmod 755 /4755
