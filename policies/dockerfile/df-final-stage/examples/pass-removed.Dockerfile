FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apk add --virtual .build gcc musl-dev && pip install a && apk del .build
RUN apt-get install -y gcc && pip install a && apt-get purge -y --auto-remove gcc
RUN dnf install gcc && dnf remove gcc
RUN apt install gcc && apt autoremove
RUN yum install gcc && yum erase gcc
