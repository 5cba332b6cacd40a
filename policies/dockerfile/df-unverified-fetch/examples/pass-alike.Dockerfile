FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV NODE_TLS_REJECT_UNAUTHORIZED=1 PYTHONHTTPSVERIFY=1 GIT_SSL_NO_VERIFY=false NPM_CONFIG_STRICT_SSL=true PIP_TRUSTED_HOST=
RUN curl -o key -Hk https://example.org/k && echo curl -k --no-check-certificate && wget -k https://example.org/a && apk add -k a
RUN apt-get -o Acquire::https::Verify-Peer=true update
