FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN curl --insecure -o /a https://example.org/a
RUN curl --proxy-insecure -o /a https://example.org/a
RUN wget --no-check-certificate https://example.org/a
RUN aria2c --check-certificate=false https://example.org/a
RUN git -c http.sslVerify=false clone https://example.org/a
RUN git config --global http.sslVerify false
