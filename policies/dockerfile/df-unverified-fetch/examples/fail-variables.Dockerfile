FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV A=b NODE_TLS_REJECT_UNAUTHORIZED=0
ARG PYTHONHTTPSVERIFY=0
RUN GIT_SSL_NO_VERIFY=true git clone https://example.org/a
RUN export PIP_TRUSTED_HOST=example.org
ENV NPM_CONFIG_STRICT_SSL=False
ENV npm_config_strict_ssl=false
ENV UV_INSECURE_HOST=example.org
