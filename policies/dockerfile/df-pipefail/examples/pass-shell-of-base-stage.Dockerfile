FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
FROM base
RUN a | b
