FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN dnf install -y a
RUN microdnf install a
RUN yum -y install a
RUN zypper install a
RUN apt update
RUN aptitude update && apt-get clean
