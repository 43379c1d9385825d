# The service on one's own machine, for a look at it: docs/container.md. Production runs on Cloudflare and never from this
# image.

# The digest is that of the index of all architectures. A tag alone can be moved.
ARG BASE=debian:trixie-20261005-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f

FROM ${BASE} AS system
# Node needs the library; what calls a storage over https trusts the certificates.
RUN apt-get update --quiet \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends ca-certificates libatomic1 \
  && rm -rf /var/lib/apt/lists/*

FROM system AS build
# Debian's Node only installs. The project's own Node, which the lock file has by its hash, does the work from there on.
RUN apt-get update --quiet \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends npm
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
COPY packages/client/package.json packages/client/
# No package's own script has to run: each of them has its program in a package for the machine.
RUN npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund
# The package for this machine is the only one of its kind that is installed.
RUN ln --symbolic /build/node_modules/node-linux-*/bin/node /usr/local/bin/node
COPY . .
RUN node scripts/bootstrap.mjs scripts/container/stage /image

FROM system
RUN useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin tagline \
  && install --directory --owner=tagline --group=tagline --mode=0700 /data
COPY --from=build /image /app
WORKDIR /app
ENV PATH=/app/bin:/usr/local/bin:/usr/bin:/bin \
  HOME=/data \
  WRANGLER_WRITE_LOGS=false
# By its number, so that a cluster can see that it is not root.
USER 10001:10001
# Keys, settings of one's own, database and photos; the rest of the image may be read-only, but for /tmp.
VOLUME /data
EXPOSE 8787
# The first start applies the migrations.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch('http://localhost:8787/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/container/serve.ts"]
