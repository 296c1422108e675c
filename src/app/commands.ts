import type { SETTINGS } from '../config/config.js';

/** A program as users start it. */
export interface Command {
  /** The command line that starts it. */
  readonly usage: string;
  /** Lines of the help on what it is. */
  readonly summary: readonly string[];
  /** What it does without arguments, in a few words. */
  readonly does: string;
  readonly start: () => Promise<void>;
  /** What it can do instead, by the name of the argument. */
  readonly actions: Readonly<Record<string, Action>>;
  /** The settings that its help shows. */
  readonly settings: readonly (keyof typeof SETTINGS)[];
}

/** What a program does for one argument. */
export interface Action {
  /** Stands for the argument's value in the help, such as FILE. Default: the argument takes no value. */
  readonly value?: string;
  readonly help: string;
  /** Prints its result and sets the exit code. */
  readonly run: (value: string) => Promise<void>;
}

/** The gateway. */
export const GATEWAY: Command = {
  usage: 'npm start',
  summary: [
    "Serves a GraphQL API for Amazon Connect's task contacts, with GraphiQL. Without",
    'settings it runs on the embedded engine and needs no AWS account.',
  ],
  does: 'starts the gateway',
  start: async () => (await import('./start-gateway.js')).start(),
  actions: {},
  settings: [
    'HOST',
    'PORT',
    'CONNECT_ADAPTER',
    'CONNECT_INSTANCE_ID',
    'DATABASE_URL',
    'CONNECT_SEED',
    'CONNECT_WIRE_PORT',
    'AUTH_ISSUER',
    'CORS_ORIGINS',
    'LOG_LEVEL',
  ],
};

/** The emulator. */
export const EMULATOR: Command = {
  usage: 'npm run emulator',
  summary: [
    'Serves the AWS API of Amazon Connect from the embedded engine, for AWS CLI and',
    'SDKs. It needs no AWS account.',
  ],
  does: 'starts the emulator',
  start: async () => (await import('./start-emulator.js')).startEmulator(),
  actions: {
    check: {
      help: 'checks the database, lists its faults',
      run: async () => (await import('./maintenance.js')).check(),
    },
    backup: {
      value: 'FILE',
      help: 'copies the database into a new file',
      run: async (file) => (await import('./maintenance.js')).backup(file),
    },
    purge: {
      value: 'CONTACT',
      help: 'removes one contact, by id or ARN',
      run: async (contact) => (await import('./maintenance.js')).purge(contact),
    },
  },
  settings: [
    'HOST',
    'CONNECT_WIRE_PORT',
    'CONNECT_INSTANCE_ID',
    'DATABASE_URL',
    'CONNECT_SEED',
    'CONNECT_THROTTLE',
    'LOG_LEVEL',
  ],
};
