FROM docker.io/library/debian:latest
