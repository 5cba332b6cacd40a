FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
COPY .ssh/id_ed25519 /a
COPY .env /b
COPY config/.env.production /c
COPY .aws/credentials /d
ADD certs/Server.KEY /e
COPY home/.kube/config /f
COPY my-private-key.pem /g
COPY terraform.tfstate /h
COPY kubeconfig /i
