"""Images by digest, made without a container engine: build the service's, write system images, push both."""
