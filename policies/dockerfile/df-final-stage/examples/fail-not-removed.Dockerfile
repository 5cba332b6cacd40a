FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apt-get install -y gcc && apt-get install -y a
RUN apt-get install -y gcc remove
RUN apt-get remove a && apt-get install -y gcc
RUN apt-get install -y gcc && svn remove a
