import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('connect', {
        source: new URL('openapi.json', import.meta.url).pathname,
        endpoint: 'http://127.0.0.1:4900',
      }),
    },
  ],
});
