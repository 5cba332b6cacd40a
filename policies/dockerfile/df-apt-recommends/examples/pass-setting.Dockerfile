FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apt-get -o APT::Install-Recommends=0 install a; apt-get -oAPT::Install-Recommends=false install a
RUN apt-get remove a && apk add b && dnf install c
