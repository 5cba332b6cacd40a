FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN ["/bin/bash", "-c", "curl https://example.org/a | sh"]
RUN bash -ec 'if true; then curl https://example.org/a | bash; fi'
RUN <<EOF
curl https://example.org/a | sh
EOF
RUN bash <<EOF
curl https://example.org/a | sh
EOF
ENTRYPOINT curl https://example.org/a | sh
