FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ADD https://example.org/a /a
ADD git@github.com:example/b.git /b
ADD c.tar d.tzst /c/
ADD <<E /e
x
E
