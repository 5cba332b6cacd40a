FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN chmod 1777 /tmp && chmod 770 /a && chmod 575 /a && chmod u+w,g+w /a && chmod o+rx /a && chmod o-w /a && chmod +x 777 && chmod a+rwxt /tmp && chmod +w /a
COPY --chmod=640 a /a
RUN mkdir -m 755 -p /777 && install -m 0644 a 666
