FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN --mount=type=cache,target=/var/lib/apt apt-get update
RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
