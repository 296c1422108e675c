/** How the gateway's own rate changes: among more contacts, with more callers, with another process on one PostgreSQL. */
import { chainOf, CREATE } from './lib/documents.js';
import { embedded, hasChain, isCreated } from './workloads.js';

const SIZES = [1_000, 100_000, 1_000_000];
const CALLERS = [1, 8, 32, 256];

const KINDS = {
  'a: creations': { body: () => CREATE, isGood: isCreated },
  'c: chains of 12': { body: ({ lasts }) => lasts.map(chainOf), isGood: hasChain },
};

/** The same for each kind of request and each of some scales; the first scale is what the others are held against. */
const scaled = (scales, nameOf, facts) =>
  Object.entries(KINDS).flatMap(([kind, asked]) =>
    scales.map((scale) => {
      const { server = embedded, ...others } = facts(scale);
      const name = `${kind}, ${nameOf(scale)}`;
      return { ...asked, ...others, server: { ...server, name }, floor: `${kind}, ${nameOf(scales[0])}` };
    }),
  );

/** More callers than the gateway executes at once would measure how it refuses. */
const patient = { ...embedded, env: { ...embedded.env, MAX_CONCURRENT_REQUESTS: '512' } };

/** PostgreSQL has processes of its own, which find no place beside a pinned gateway and a pinned load. */
const onPostgres = { ...embedded, usesDatabase: false, usesPostgres: true, cores: '0,1' };

export const SCALES = {
  growth: {
    title: 'Creations and chains of 12 among a thousand, a hundred thousand and a million contacts, embedded',
    runs: scaled(
      SIZES,
      (contacts) => `${contacts.toLocaleString('en')} contacts`,
      (contacts) => ({ contacts }),
    ),
  },
  callers: {
    title: 'Creations and chains of 12 by 1, 8, 32 and 256 callers, embedded',
    note: 'MAX_CONCURRENT_REQUESTS=512, so that none is refused',
    runs: scaled(
      CALLERS,
      (connections) => (connections === 1 ? '1 caller' : `${connections} callers`),
      (connections) => ({ connections, server: patient }),
    ),
  },
  postgres: {
    title: 'Creations and chains of 12 by one and two gateways on one PostgreSQL',
    where: 'gateways, PostgreSQL and load share both cores, and callers are shared out among the gateways',
    note: 'CPU is that of the gateways, RSS that of the larger one',
    loadCores: '0,1',
    runs: scaled(
      [1, 2],
      (gateways) => (gateways === 1 ? '1 gateway' : `${gateways} gateways`),
      (gateways) => ({ gateways, server: onPostgres }),
    ),
  },
};
