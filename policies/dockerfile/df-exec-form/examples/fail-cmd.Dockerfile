FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ENTRYPOINT ["python3"]
CMD -m quotes
