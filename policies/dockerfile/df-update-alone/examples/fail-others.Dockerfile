FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apk update
RUN dnf makecache
RUN yum makecache
RUN zypper refresh oss
RUN apt -q update
RUN aptitude update
