FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ADD https://github.com/example/a.git#0123456789abcdef0123456789abcdef01234567 /a
ADD https://github.com/example/a.git#0123456789abcdef0123456789abcdef01234567:docs /b
ADD https://github.com/example/a.git?tag=v1&checksum=0123456789abcdef0123456789abcdef01234567 /c
