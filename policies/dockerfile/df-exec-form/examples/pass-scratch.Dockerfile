FROM scratch
CMD ["/a"]
