import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByHive } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { CRM_SDL } from './crm.js';

const read = (file: string) => readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8');

/** The subgraph as a platform team takes it, and as one that has a router which evaluates the rules of access. */
export const CONNECT_SDL = { plain: read('subgraph.graphql'), secured: read('subgraph.secured.graphql') } as const;

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

const services = ({ connect, crm }: SubgraphUrls, sdl: string) => [
  { name: 'connect', url: connect, typeDefs: parse(sdl) },
  { name: 'crm', url: crm, typeDefs: parse(CRM_SDL) },
];

/** Both compositions that a platform team may use, by name. */
export const COMPOSITIONS = {
  '@apollo/composition': (urls: SubgraphUrls, sdl: string = CONNECT_SDL.plain): Composed => {
    const { supergraphSdl = '', errors = [], hints = [] } = composeByApollo(services(urls, sdl));
    return { supergraph: supergraphSdl, errors: errors.map(String), hints: hints.map(String) };
  },
  '@theguild/federation-composition': (urls: SubgraphUrls, sdl: string = CONNECT_SDL.plain): Composed => {
    const { supergraphSdl = '', errors = [] } = composeByHive(services(urls, sdl));
    return { supergraph: supergraphSdl, errors: errors.map(String), hints: [] };
  },
} as const;

/** The name of a composition. */
export type Composition = keyof typeof COMPOSITIONS;
