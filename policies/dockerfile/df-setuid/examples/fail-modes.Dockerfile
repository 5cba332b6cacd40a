FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN chmod 2755 /a
RUN chmod u+s /a
RUN chmod u+x,g+s /a
RUN chmod 06755 /a
RUN chmod a=rxs /a
COPY --chmod=4755 a /a
RUN install -m 4755 a /a
RUN chmod +s /a
