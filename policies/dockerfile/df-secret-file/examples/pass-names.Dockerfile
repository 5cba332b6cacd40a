FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
COPY .env.example server.pem id_rsa.pub config/credentials environment .environment keys/ config.json /srv/
COPY <<A /a
-----BEGIN PUBLIC KEY-----
A
