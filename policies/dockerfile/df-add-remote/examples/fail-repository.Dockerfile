FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ADD https://github.com/example/a.git#v1.2 /a
ADD git@github.com:example/a.git /b
ADD https://github.com/example/a.git#0123456789 /c
