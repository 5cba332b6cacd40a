FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN <<EOF
cat > /k <<KEY
-----BEGIN PRIVATE KEY-----
KEY
EOF
