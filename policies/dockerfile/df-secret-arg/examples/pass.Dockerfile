FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ARG NPM_REGISTRY
RUN --mount=type=secret,id=npm true
