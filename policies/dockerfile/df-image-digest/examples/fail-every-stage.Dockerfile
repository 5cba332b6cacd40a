FROM debian:13.2 AS builder
FROM debian:13.2
