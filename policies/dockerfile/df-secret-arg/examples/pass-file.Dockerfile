ARG TOKEN_FILE=/run/secrets/token
FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV TOKEN=abc
RUN TOKEN=abc true
