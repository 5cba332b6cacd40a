FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENTRYPOINT TOKEN=abc exec serve
HEALTHCHECK CMD TOKEN=abc check
