FROM docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN apt-get install -y --allow-unauthenticated a
RUN apt-get -o Acquire::https::Verify-Peer=false update
RUN apt -oAPT::Get::AllowUnauthenticated=true install a
RUN apk add --allow-untrusted a.apk
RUN dnf install -y --nogpgcheck a
RUN zypper --no-gpg-checks install a
RUN rpm -i --nosignature a.rpm
RUN rpm -i --nodigest a.rpm
RUN yum --setopt=sslverify=0 install a
RUN aptitude --allow-insecure-repositories update
RUN microdnf install --nogpgcheck a
