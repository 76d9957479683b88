# One static binary and what it cannot do without. The page is committed in embed/dist, so no Node is needed here.
# With a bill of materials and provenance: docker buildx build --sbom=true --provenance=mode=max .

FROM --platform=$BUILDPLATFORM golang:1.26.8-bookworm AS build
# What `--sbom` lists besides the image: the Go modules, as this stage has their sources.
ARG BUILDKIT_SBOM_SCAN_STAGE=true
WORKDIR /src
COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w -X main.version=$VERSION" -o /image/pomchat .
RUN mkdir -p /image/etc/ssl/certs /image/tmp /owned/data && \
    cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ && chmod 1777 /image/tmp

FROM scratch
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="pomchat" \
      org.opencontainers.image.description="Chat with your MCP servers, behind Pomerium" \
      org.opencontainers.image.source="https://github.com/pomerium/pomchat" \
      org.opencontainers.image.documentation="https://github.com/pomerium/pomchat/blob/main/docs/deploy.md" \
      org.opencontainers.image.vendor="Pomerium" \
      org.opencontainers.image.licenses="Apache-2.0 AND MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /image/ /
COPY --from=build --chown=65532:65532 /owned/ /
COPY LICENSE /licenses/pomchat
COPY northwind/data/LICENSE /licenses/northwind
ENV POMCHAT_LISTEN=0.0.0.0:3000 \
    POMCHAT_DATA=/data/pomchat.db \
    POMCHAT_NORTHWIND_LISTEN=0.0.0.0:8080
USER 65532:65532
VOLUME /data
EXPOSE 3000 8080
# For northwind-mcp, ask http://127.0.0.1:8080 instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s --retries=3 CMD ["/pomchat", "healthcheck"]
ENTRYPOINT ["/pomchat"]
CMD ["serve"]
