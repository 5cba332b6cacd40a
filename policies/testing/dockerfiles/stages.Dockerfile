ARG BASE=docker.io/library/debian:13
ARG TAG
FROM ${BASE} AS base
USER 1
ENV A=b TOKEN=c
FROM registry.example.org/tools:${TAG} AS tools
ARG KEY
USER 2
FROM base AS tested
COPY --from=tools --chmod=755 /t /t
COPY --from=docker.io/library/busybox /b /b
RUN --mount=from=docker.io/library/alpine,target=/a --mount=type=cache,target=/c D=e; F=g env -i H=i j=k -l=m n-o=p; sudo Q=r true
ONBUILD USER 3
USER 4
FROM scratch
COPY --from=tested /t /t
