FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN A=b; TOKEN=; TOKEN=`token`; TOKEN_FILE=/run/secrets/t login --password="$PASS" --password-file=/p --token= -a=b 'the token=abc'
ENV TOKEN=abc
