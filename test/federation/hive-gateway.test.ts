import { createGatewayRuntime, type GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { describe } from '@jest/globals';
import { codedRefusals } from '../../examples/hive-gateway/coded-refusals.js';
import { GATEWAY_CODES, routes } from './routes.js';
import type { Router } from './supergraph.js';

/** Hive Gateway, asked as a client would over HTTP. */
async function startHiveGateway(supergraph: string, plugins: readonly GatewayPlugin[] = []): Promise<Router> {
  const router = createGatewayRuntime({ supergraph, logging: false, plugins: () => [...plugins] });
  return {
    async run(query, variables) {
      const response = await router.fetch('http://router.invalid/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.text();
    },
    close: async () => router[Symbol.asyncDispose](),
  };
}

describe('Hive Gateway, on a supergraph by @theguild/federation-composition', () => {
  // It refuses variables itself, in words but without a code: no subgraph can give it one. docs/federation.md says so.
  routes('@theguild/federation-composition', startHiveGateway, {
    byVariable: undefined,
    byLiteral: 'GRAPHQL_VALIDATION_FAILED',
  });
});

describe('Hive Gateway with the plugin of examples/hive-gateway, on a supergraph by @theguild/federation-composition', () => {
  routes('@theguild/federation-composition', (supergraph) => startHiveGateway(supergraph, [codedRefusals()]), {
    byVariable: 'BAD_USER_INPUT',
    byLiteral: 'GRAPHQL_VALIDATION_FAILED',
  });
});

describe('Hive Gateway, on a supergraph by @apollo/composition', () => {
  routes('@apollo/composition', startHiveGateway, GATEWAY_CODES);
});
