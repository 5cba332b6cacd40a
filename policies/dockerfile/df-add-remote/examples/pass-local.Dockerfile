FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ARG V
ADD a.tar.gz b-$V.tgz /srv/
ARG SOURCE=c.tar
ADD ${SOURCE} /srv/
