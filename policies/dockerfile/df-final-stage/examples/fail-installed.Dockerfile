FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apt-get install -y --no-install-recommends libpq5 gcc libpq-dev=17.1
RUN apk add --no-cache build-base
RUN dnf install -y openssl-devel && dnf install -y make && rm -rf /src
RUN apt-get remove a && apt install openjdk-21-jdk-headless
RUN apt-get install g++
