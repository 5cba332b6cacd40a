FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN --mount=type=secret,id=db export DB_PASSWORD="$(cat /run/secrets/db)" && true
