FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN wget -qO- https://example.org/a | sudo -E bash -
RUN curl https://example.org/a | tee /log | bash -s -- --yes
RUN set -e; (cd /; /usr/bin/curl -s https://example.org/a) | (cd /tmp && python3 -)
