FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
COPY --from=docker.io/library/busybox:1.37 /bin/busybox /bin/
