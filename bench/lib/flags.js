/** How Node is started for the gateway: as `npm start` does. */
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** The flags that `npm start` gives to Node. */
export const NODE_FLAGS = scripts.start.match(/--\S+/g) ?? [];
