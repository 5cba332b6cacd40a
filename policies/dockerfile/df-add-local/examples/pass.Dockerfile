FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
COPY app /srv/app
ADD vendor.tar.gz /srv/vendor
