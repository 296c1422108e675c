# The gateway in a container: docker build -t connect-task-gateway .
# `npm run check:container` runs the steps of this file without an engine.

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has the right Node: the optional packages are another one.
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.js

FROM node:24-slim
ENV NODE_ENV=production
# The simulation, which reaches no agent. For a real instance run the image with CONNECT_ADAPTER=aws.
ENV CONNECT_ADAPTER=embedded
# Beyond loopback the gateway starts only with authentication: set AUTH_ISSUER and AUTH_AUDIENCE, or AUTH=none.
ENV HOST=0.0.0.0
ENV PORT=4000
ENV DATABASE_URL=file:/data/connect.db
WORKDIR /app
RUN mkdir -p /data && chown node:node /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY schema schema
COPY scripts/health-check.js scripts/health-check.js
USER node
# Nothing else is written: the rest of the file system may be read-only.
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "scripts/health-check.js"]
# Node itself, not npm: signals must reach it. V8's flags as in `npm start`; docs/performance.md says why.
CMD ["node", "--max-semi-space-size=16", "--no-allocation-site-pretenuring", "dist/main.js"]
