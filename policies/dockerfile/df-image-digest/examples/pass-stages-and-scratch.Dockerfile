FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS builder
FROM BUILDER AS tested
FROM scratch
COPY --from=builder /a /a
COPY --from=1 /b /b
RUN --mount=from=tested,target=/t ["/a"]
