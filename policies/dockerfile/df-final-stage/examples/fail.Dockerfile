FROM docker.io/library/golang@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
COPY . /src
RUN go build -o /srv/app /src
