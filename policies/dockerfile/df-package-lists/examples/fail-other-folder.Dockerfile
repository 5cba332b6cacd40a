FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN --mount=type=cache,target=/var/cache/apt apt-get update && rm -rf /var/lib/dpkg /var/lib/aptitude && echo /var/lib/apt/lists
RUN --mount=type=bind,target=/var/lib/apt apt-get update
