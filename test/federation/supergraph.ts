import type { FormattedExecutionResult } from 'graphql';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { PortCalls } from '../support/port.js';
import { COMPOSITIONS, type Composition } from './compose.js';
import { type Crm, startCrm } from './crm.js';

/** A router, as its clients see it. */
export interface Router {
  /** Runs an operation, and answers the body as it was sent. */
  run(query: string, variables: object): Promise<string>;
  close(): Promise<void>;
}

/** A supergraph that runs: the gateway, the CRM, and a router in front of them. */
export interface TestSupergraph {
  readonly gateway: TestGateway;
  readonly crm: Crm;
  /** The calls that the gateway makes of the port. */
  readonly calls: PortCalls;
  /** Runs an operation through the router. Throws where the answer shows where a subgraph is served. */
  ask(query: string, variables?: object): Promise<FormattedExecutionResult>;
  close(): Promise<void>;
}

/** Starts both subgraphs, composes them, and starts the router on what came of it. */
export async function startSupergraph(
  composition: Composition,
  startRouter: (supergraph: string) => Promise<Router>,
): Promise<TestSupergraph> {
  const calls = new PortCalls();
  const [gateway, crm] = await Promise.all([startTestGateway({ wrap: calls.wrap }), startCrm()]);
  const { supergraph } = COMPOSITIONS[composition]({ connect: `${gateway.url}/graphql`, crm: crm.url });
  const router = await startRouter(supergraph);
  const inside = [gateway.url, crm.url].map((url) => new URL(url).host);
  return {
    gateway,
    crm,
    calls,
    async ask(query, variables = {}) {
      const body = await router.run(query, variables);
      const shown = inside.find((host) => body.includes(host));
      if (shown !== undefined) throw new Error(`Expected no address of a subgraph, but got ${body}`);
      return JSON.parse(body) as FormattedExecutionResult;
    },
    async close() {
      await router.close();
      await Promise.all([gateway.close(), crm.close()]);
    },
  };
}
