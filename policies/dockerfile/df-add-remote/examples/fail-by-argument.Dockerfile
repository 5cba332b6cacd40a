FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ARG URL=https://example.org/a
ADD ${URL} /a
