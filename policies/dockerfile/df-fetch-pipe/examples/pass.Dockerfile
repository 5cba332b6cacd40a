FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN curl -fsSL -o /i https://example.org/install.sh && echo "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  /i" | sha256sum -c && sh /i
