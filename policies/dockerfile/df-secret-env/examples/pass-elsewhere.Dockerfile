ARG TOKEN=abc
FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV A=b
ARG API_KEY=abc
RUN TOKEN=abc true
