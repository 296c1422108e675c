import { type CleanedEnv, makeValidator, str } from 'envalid';
import type { PersistedSettings } from '../pipeline/documents/persisted-documents.js';
import { oneOf } from './validators.js';

const origins = makeValidator((text) => {
  const found = text.split(',').map((part) => part.trim());
  if (!found.every(isOrigin)) {
    throw new Error(
      'origins as browsers send them, without path, default port and wildcard, such as https://app.example.com,http://localhost:3000',
    );
  }
  return found;
});

/** Settings of what pages and clients can see, and of the documents they may send. */
export const EXPOSURE_SETTINGS = {
  NODE_ENV: str({
    default: undefined,
    desc: 'production: introspection, GraphiQL and error detail are off by default.',
  }),
  INTROSPECTION: oneOf(
    'on',
    'off',
  )({ default: undefined, desc: 'Let clients read the schema. Unset: on; off in production.' }),
  GRAPHIQL: oneOf('on', 'off')({ default: undefined, desc: 'Serve GraphiQL. Unset: on; off in production.' }),
  ERROR_DETAIL: oneOf(
    'on',
    'off',
  )({ default: undefined, desc: 'Include the cause in unexpected errors. Unset: on; off in production.' }),
  CORS_ORIGINS: origins({
    default: [],
    desc: "Origins whose pages may call, with commas between them. Unset: only the gateway's own; on loopback all of this machine.",
  }),
  SUBSCRIPTION_CALLBACK_ORIGINS: origins({
    default: [],
    desc: "Origins of routers that may ask for subscriptions by Apollo's callback protocol, with commas between them. Unset: none.",
  }),
  PERSISTED_DOCUMENTS: oneOf(
    'off',
    'only',
  )({ default: 'off', desc: 'only: refuse documents that the manifest does not list.' }),
  PERSISTED_DOCUMENTS_FILE: str({
    default: undefined,
    desc: 'Manifest of documents. Unset: schema/persisted-documents.json.',
  }),
} as const;

/** What pages and clients can see. */
export interface Exposure {
  readonly introspection: boolean;
  readonly graphiql: boolean;
  readonly errorDetail: boolean;
}

/** What pages and clients can see, which pages may call, and which documents are accepted. */
export interface ExposureSettings {
  readonly exposure: Exposure;
  /** Origins whose pages may call, in addition to the gateway's own. */
  readonly corsOrigins: readonly string[];
  /** Origins of routers that may ask for callbacks. */
  readonly callbackOrigins: readonly string[];
  readonly persisted: PersistedSettings;
}

/** Reads the settings. In production what is unset is off. */
export function exposureOf(env: CleanedEnv<typeof EXPOSURE_SETTINGS>): ExposureSettings {
  const usual = env.NODE_ENV === 'production' ? 'off' : 'on';
  const isOn = (setting: 'on' | 'off' | undefined) => (setting ?? usual) === 'on';
  return {
    exposure: {
      introspection: isOn(env.INTROSPECTION),
      graphiql: isOn(env.GRAPHIQL),
      errorDetail: isOn(env.ERROR_DETAIL),
    },
    corsOrigins: env.CORS_ORIGINS,
    callbackOrigins: env.SUBSCRIPTION_CALLBACK_ORIGINS,
    persisted: { only: env.PERSISTED_DOCUMENTS === 'only', file: env.PERSISTED_DOCUMENTS_FILE },
  };
}

/** Checks that a text is an origin as browsers send it: http or https, no path, no trailing slash, no wildcard, no default port. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text && !url.hostname.includes('*');
}
