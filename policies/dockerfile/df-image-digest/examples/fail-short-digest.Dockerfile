FROM debian@sha256:0123456789abcdef
