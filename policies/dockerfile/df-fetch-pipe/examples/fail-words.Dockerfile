FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN bash -c "$(curl -fsSL https://example.org/a)"
RUN eval "`wget -qO- https://example.org/a`"
RUN . <(curl https://example.org/a)
RUN bash <(curl https://example.org/a)
RUN sh < <(curl https://example.org/a)
RUN $(curl https://example.org/a)
