FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN set -euo pipefail; a | b
RUN bash -eo pipefail -c 'a | b'
RUN a || b && c; echo 'a | b'
ENTRYPOINT a | b
