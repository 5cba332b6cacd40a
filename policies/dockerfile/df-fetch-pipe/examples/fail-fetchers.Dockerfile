FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN fetch -o - https://example.org/a | sh
RUN aria2c https://example.org/a | sh
RUN http example.org/a | sh
RUN https example.org/a | sh
RUN lwp-request https://example.org/a | sh
