FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
USER root
RUN true
USER 1001:0
ONBUILD USER root
