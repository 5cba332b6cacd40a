FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apt-get install -y --no-install-recommends a
RUN DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 install b
RUN apt install c
RUN aptitude install d
