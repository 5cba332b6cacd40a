FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN curl https://example.org/a | tar -xz
RUN curl https://example.org/a | python3 -m json.tool
RUN echo a | sh; curl https://example.org/a > /a
RUN curl https://example.org/a | sh -c 'cat > /a'
RUN sh install.sh "$(curl https://example.org/version)"
RUN cat /a | sh
