FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN if true; then /usr/bin/sudo -E true; fi
ENTRYPOINT ["sudo", "serve"]
