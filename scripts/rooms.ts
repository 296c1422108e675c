/**
 * The rooms of src/ from the top down, each with the rooms it stands on. A room imports itself, the rooms it stands on,
 * and all that those stand on in turn; every arrow leads down this list. `import type` counts like any other import.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['app'],
  'emulator.ts': ['app'],
  'cli.ts': ['app'],
  testing: ['app'],
  app: ['config', 'controls', 'aws'],
  config: ['telemetry'],
  telemetry: ['http', 'policies', 'engine'],
  http: ['pipeline'],
  pipeline: ['graphql'],
  graphql: ['validation', 'feed', 'jobs'],
  controls: ['wire', 'engine'],
  wire: ['validation'],
  policies: ['validation'],
  engine: ['validation'],
  aws: ['connect'],
  feed: ['connect'],
  jobs: ['connect'],
  validation: ['connect'],
  connect: ['util'],
  util: [],
};

/** An arrow that leads down the list and is refused all the same. */
export interface RefusedArrow {
  /** A folder of src/. */
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

export const REFUSED: readonly RefusedArrow[] = [
  { from: 'engine/store', to: 'validation', because: 'the store keeps rows and knows no rules' },
  { from: 'controls', to: 'engine/store', because: 'the controls act through the operations of the engine' },
  { from: 'controls', to: 'validation', because: 'the engine validates what the controls ask for' },
];

/**
 * The packages that have a place: each with the files of src/ that import it. `*` stands for any name, `**` for any
 * folders. Packages outside this table are free.
 */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  kysely: ['engine/store/**', 'jobs/store/**'],
  'node:sqlite': ['engine/store/**', 'jobs/store/**'],
  pg: ['util/postgres-*.ts', 'engine/store/postgres*.ts', 'policies/**/postgres-*.ts', 'jobs/**/postgres-*.ts'],
  fastify: ['app/**', 'http/**', 'wire/**', 'controls/**'],
  '@fastify/*': ['http/**'],
  '@apollo/server': ['pipeline/**'],
  negotiator: ['http/**'],
  '@apollo/subgraph': ['graphql/**'],
  graphql: ['testing/**', 'app/**', 'http/**', 'pipeline/**', 'graphql/**'],
  'type-graphql': ['graphql/**'],
  'class-validator': ['validation/**'],
  dataloader: ['graphql/loading/**'],
  '@aws-sdk/*': ['aws/**', 'testing/**'],
  undici: ['aws/transport/**'],
  jose: ['http/auth/**'],
  cockatiel: ['policies/around-call/**'],
  envalid: ['config/**'],
  // process.env under another name; the linter refuses it under its own.
  'node:process': ['config/config.ts'],
  ajv: ['engine/seed/**'],
  'prom-client': ['telemetry/**'],
  '@opentelemetry/*': ['telemetry/**'],
};
