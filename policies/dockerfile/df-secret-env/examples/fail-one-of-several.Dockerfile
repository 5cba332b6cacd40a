FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV PATH=/bin \
    API_KEY=abc \
    A=b
