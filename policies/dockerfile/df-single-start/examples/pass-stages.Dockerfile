FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base
CMD ["a"]
FROM base
ONBUILD CMD ["d"]
CMD ["b"]
ONBUILD CMD ["c"]
