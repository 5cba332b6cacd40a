FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN mkdir -p -m 777 /a
RUN mkdir -pm777 /a
RUN install -d --mode=0777 /a
RUN find /srv -type d -exec chmod 777 {} +
