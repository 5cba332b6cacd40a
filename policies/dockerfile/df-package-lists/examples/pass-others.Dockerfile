FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apk --no-cache add a
RUN apk add a && rm -rf /var/cache/apk/*
RUN apk add a && apk cache clean
RUN dnf install -y a && dnf clean all
RUN microdnf install a && microdnf clean all
RUN yum install -y a && rm -rf /var/cache/yum
RUN zypper install a && zypper clean
RUN dnf install a && rm -rf /var/cache/dnf /var/cache/libdnf5
RUN apt-get update && find /var/lib/apt/lists -delete
RUN apk del a
RUN apt update && rm -r /var/lib/apt/lists
RUN aptitude update && rm -r /var/lib/apt
RUN microdnf install a && rm -rf /var/cache/yum
RUN zypper install a && rm -rf /var/cache/zypp
RUN apk add a && apk cache purge
RUN apt-get install -y a
RUN pip update
