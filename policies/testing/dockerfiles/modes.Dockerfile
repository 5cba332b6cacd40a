FROM scratch
RUN chmod -R --verbose a /x
RUN chmod b,c /x y
RUN chmod -w /x
RUN mkdir -p -m 1 /x
RUN install -Dm2 x y
RUN mkdir --mode=3 x
RUN install --mode 4 x y
RUN mkdir -m u=5 /x && mkdir -p x mode && install x y && head -m 6 && mkdirs --mode=7
