FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENV HOME=/srv
WORKDIR $HOME/app
WORKDIR /${X}
WORKDIR C:/app
WORKDIR D:\\app
