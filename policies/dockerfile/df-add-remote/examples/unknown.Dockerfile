FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ARG URL
ADD --chown=65532 ${URL} /a
