# Builds the pages and the program from a bare checkout, and leaves one static file to run:
#
#   docker build -t jiebang . && docker run --rm -p 127.0.0.1:8080:8080 -e JIEBANG_DEMO=true jiebang
#
# deploy_test.go holds the versions, names and ports here to go.mod, package.json and config.go.

FROM node:24-bookworm-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=pages /src/frontend/dist/ ./frontend/dist/
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/jiebang . \
 && mkdir -p /out/data /out/tmp

FROM scratch
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=program /out/jiebang /jiebang
COPY --from=program --chown=65532:65532 --chmod=0700 /out/data /data
COPY --from=program --chown=65532:65532 --chmod=0700 /out/tmp /tmp
ENV JIEBANG_ADDR=0.0.0.0:8080 JIEBANG_DATA=/data
USER 65532:65532
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/jiebang", "ready"]
ENTRYPOINT ["/jiebang"]
CMD ["serve"]
