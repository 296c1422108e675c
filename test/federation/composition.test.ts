import { describe, expect, it } from '@jest/globals';
import { COMPOSITIONS, CONNECT_SDL, type Composition } from './compose.js';

const URLS = { connect: 'http://connect.invalid/graphql', crm: 'http://crm.invalid/graphql' };

describe.each(Object.keys(COMPOSITIONS) as Composition[])('%s', (name) => {
  const { supergraph, errors, hints } = COMPOSITIONS[name](URLS);

  it('composes the subgraph with a CRM that has names of its own, without an error or a hint', () => {
    expect({ errors, hints }).toEqual({ errors: [], hints: [] });
    expect(supergraph).toMatch(/type ConnectContact\s+@join__type/);
    expect(supergraph).toMatch(/type Contact\s+@join__type/);
  });

  it('joins ConnectContact by its key, from both sides', () => {
    const type = /type ConnectContact\s[^{]*\{[^}]*\}/.exec(supergraph)?.[0];
    expect(type).toContain('@join__type(graph: CONNECT, key: "instanceId id")');
    expect(type).toContain('@join__type(graph: CRM, key: "instanceId id")');
    expect(type).toMatch(/customer: Contact @join__field\(graph: CRM\)/);
  });

  it('keeps the costs', () => {
    expect(supergraph).toMatch(/createTaskContact\([\s\S]*?\): CreateTaskContactPayload![^\n]*cost\(weight: "?10"?\)/);
  });
});

describe.each(Object.keys(COMPOSITIONS) as Composition[])('%s, on the secured subgraph', (name) => {
  const { supergraph, errors, hints } = COMPOSITIONS[name](URLS, CONNECT_SDL.secured);

  it('composes it without an error or a hint', () => {
    expect({ errors, hints }).toEqual({ errors: [], hints: [] });
  });

  it('keeps the rules of access', () => {
    expect(supergraph).toMatch(/specs\.apollo\.dev\/authenticated\//);
    expect(supergraph).toMatch(/specs\.apollo\.dev\/requiresScopes\//);
    expect(supergraph).toMatch(/createTaskContact\([\s\S]*?\)[^\n]*@requiresScopes\(scopes: \[\["tasks:create"\]\]\)/);
    expect(supergraph).toMatch(/ state: ConnectContactState[^\n]*@requiresScopes\(scopes: \[\["tasks:read"\]\]\)/);
    expect(supergraph).toMatch(
      / name: String[^\n]*@requiresScopes\(scopes: \[\["tasks:read"\], \["tasks:create"\]\]\)/,
    );
  });
});

describe('@oneOf in the supergraph', () => {
  const oneOfInputs = (name: Composition) =>
    [...COMPOSITIONS[name](URLS).supergraph.matchAll(/input (\w+)[^{]*@oneOf/g)].map(([, input]) => input);

  // docs/federation.md says so. Once it keeps them, routers refuse what the gateway refuses now: change the page then.
  it('is dropped by @apollo/composition', () => {
    expect(oneOfInputs('@apollo/composition')).toEqual([]);
  });

  it('is kept by @theguild/federation-composition', () => {
    expect(oneOfInputs('@theguild/federation-composition')).toEqual([
      'ConnectContactChangesInput',
      'ConnectContactLinkInput',
      'ConnectFlowSourceInput',
      'ConnectRoutingInput',
      'ConnectTransferTargetInput',
    ]);
  });
});
