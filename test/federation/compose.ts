import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByHive } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { CRM_SDL } from './crm.js';

/** The subgraph as a platform team takes it. */
const CONNECT_SDL = readFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8');

/** Where the two subgraphs are served. */
export interface SubgraphUrls {
  readonly connect: string;
  readonly crm: string;
}

/** What a composition says. */
export interface Composed {
  /** Empty where it could not be composed. */
  readonly supergraph: string;
  readonly errors: readonly string[];
  readonly hints: readonly string[];
}

const services = ({ connect, crm }: SubgraphUrls) => [
  { name: 'connect', url: connect, typeDefs: parse(CONNECT_SDL) },
  { name: 'crm', url: crm, typeDefs: parse(CRM_SDL) },
];

/** Both compositions that a platform team may use, by name. */
export const COMPOSITIONS = {
  '@apollo/composition': (urls: SubgraphUrls): Composed => {
    const { supergraphSdl = '', errors = [], hints = [] } = composeByApollo(services(urls));
    return { supergraph: supergraphSdl, errors: errors.map(String), hints: hints.map(String) };
  },
  '@theguild/federation-composition': (urls: SubgraphUrls): Composed => {
    const { supergraphSdl = '', errors = [] } = composeByHive(services(urls));
    return { supergraph: supergraphSdl, errors: errors.map(String), hints: [] };
  },
} as const;

/** The name of a composition. */
export type Composition = keyof typeof COMPOSITIONS;
