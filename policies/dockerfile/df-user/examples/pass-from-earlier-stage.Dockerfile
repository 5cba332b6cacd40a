FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base
USER 65532

FROM base
WORKDIR /srv
