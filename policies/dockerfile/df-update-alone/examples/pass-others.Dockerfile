FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apk update && apk add --no-cache a
RUN echo update && pip update && apk upgrade
