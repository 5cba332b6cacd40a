FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apk add cache
RUN apk add a && npm cache clean
RUN dnf install -y a && dnf info a
RUN apt update && apt clean
RUN apt-get update && apt-get clean
RUN aptitude update && aptitude clean
