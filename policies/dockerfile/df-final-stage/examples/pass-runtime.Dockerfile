FROM docker.io/library/maven:3 AS builder
RUN apt-get install -y gcc
FROM docker.io/library/golang-runtime:1
COPY --from=docker.io/library/golang:1 /go /go
RUN apt-get install libgcc-s1 makedev libpq5 tzdata devscripts && echo gcc
ONBUILD RUN apt-get install gcc
