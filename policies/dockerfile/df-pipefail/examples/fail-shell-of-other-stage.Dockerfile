FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS builder
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN a | b
FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN a | b
