FROM docker.io/library/debian:13.2
