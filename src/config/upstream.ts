import { type CleanedEnv, makeValidator } from 'envalid';
import { type Rate, type RatedOperation, RATES } from '../connect/rates.js';
import { fewOf, httpUrl, milliseconds, oneOf, share, someMilliseconds } from './validators.js';

/** The form of CONNECT_RATES, in words. */
const RATES_FORM =
  'OPERATION=RATE/BURST, several with commas between them: calls per second, and how many at once after a pause; each operation once';

/**
 * Reads rates: `StartTaskContact=10/20,SearchContacts=0.5/2`. Other operations keep their defaults.
 *
 * @returns undefined for a text of another form, or if it names an operation that the gateway does not call
 */
function readRates(text: string): Readonly<Record<RatedOperation, Rate>> | undefined {
  const stated = new Map<string, Rate>();
  for (const part of text.split(',')) {
    const [, name = '', perSecond, burst] = /^(\w+)=(\d{1,6}(?:\.\d{1,3})?)\/([1-9]\d{0,5})$/.exec(part.trim()) ?? [];
    if (!Object.hasOwn(RATES, name) || stated.has(name) || Number(perSecond) === 0) return undefined;
    stated.set(name, { perSecond: Number(perSecond), burst: Number(burst) });
  }
  return { ...RATES, ...Object.fromEntries(stated) };
}

const rates = makeValidator((text) => {
  const found = readRates(text);
  if (found === undefined) throw new Error(RATES_FORM);
  return found;
});

/** The SDK makes a part of a host's name of it. */
const region = makeValidator((text) => {
  if (!/^[a-z\d-]{1,63}$/.test(text)) throw new Error('the name of a region, such as eu-west-2');
  return text;
});

/** Settings of a real instance and of the calls to it. */
export const UPSTREAM_SETTINGS = {
  CONNECT_STRICT: oneOf(
    'on',
    'off',
  )({
    default: 'off',
    desc: 'Apply the rules engine/… also before aws, and refuse a search over more than 8 weeks with either adapter.',
  }),
  AWS_REGION: region({
    default: undefined,
    desc: 'Region of the real instance, unless CONNECT_INSTANCES names one. Unset: as the SDK finds it.',
  }),
  AWS_ENDPOINT_URL_CONNECT: httpUrl({
    default: undefined,
    desc: 'Endpoint of Amazon Connect. Unset: as the SDK finds it.',
  }),
  CONNECT_RATES: rates({
    default: RATES,
    desc: `Rates of the calls to aws: ${RATES_FORM}. Default: those of Amazon Connect.`,
  }),
  CONNECT_JOB_SHARE: share({
    default: 1,
    desc: 'Part of the rate of creations that jobs may use before aws, above 0 and up to 1. Jobs leave tokens to other callers at any share.',
  }),
  CONNECT_REPLICAS: fewOf({ default: 1, desc: 'Replicas that call aws for one account and region.' }),
  CONNECT_CALL_TIMEOUT_MS: someMilliseconds({ default: 8_000, desc: 'Time for one call to aws, in milliseconds.' }),
  CONNECT_READ_TTL_MS: milliseconds({
    default: 2_000,
    desc: 'Time to cache contacts, chains and attributes from aws, in milliseconds. 0: no cache.',
  }),
  CONNECT_CATALOG_TTL_MS: milliseconds({
    default: 60_000,
    desc: 'Time to cache flows, quick connects, task templates, queues and users from aws, in milliseconds. 0: no cache.',
  }),
  MAX_UPSTREAM_CALLS: fewOf({
    default: 60,
    desc: 'Estimated calls to aws that one request may need. Calls with a higher rate than 2 a second count for less, others for more.',
  }),
  UPSTREAM_CALLS: oneOf(
    'refuse',
    'report',
  )({
    default: undefined,
    desc: 'A request beyond MAX_UPSTREAM_CALLS. refuse: it is refused; report: it runs, and the log names it. Unset: report; refuse with aws.',
  }),
} as const;

/** Bounds on the calls to a real instance. */
export interface UpstreamConfig {
  /** Rates for one account and region. */
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  /** Part of each rate that jobs may use, above 0 and up to 1. */
  readonly jobShare: number;
  /** Replicas that share the rates. */
  readonly replicas: number;
  /** Time for one call before it counts as lost, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** A real instance and the calls to it. */
export interface UpstreamSettings {
  /** Whether our rules, where the API's reference is silent, also apply before a real instance. */
  readonly strict: boolean;
  /** Region and endpoint; undefined: as the SDK finds them. */
  readonly aws: { readonly region: string | undefined; readonly endpoint: string | undefined };
  readonly upstream: UpstreamConfig;
  /** Times to cache contacts, and the catalogue, in milliseconds. 0: no cache. */
  readonly caches: { readonly readTtlMs: number; readonly catalogTtlMs: number };
  /** Estimated calls that one request may need, at most. */
  readonly maxUpstreamCalls: number;
  /** Whether a request beyond that is refused, or only reported in the log. */
  readonly upstreamCalls: 'refuse' | 'report';
}

/** Reads the settings of a real instance. */
export function upstreamOf(
  env: CleanedEnv<typeof UPSTREAM_SETTINGS> & { readonly CONNECT_ADAPTER: 'embedded' | 'aws' },
): UpstreamSettings {
  return {
    strict: env.CONNECT_STRICT === 'on',
    aws: { region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_CONNECT },
    upstream: {
      rates: env.CONNECT_RATES,
      jobShare: env.CONNECT_JOB_SHARE,
      replicas: env.CONNECT_REPLICAS,
      callTimeoutMs: env.CONNECT_CALL_TIMEOUT_MS,
    },
    caches: { readTtlMs: env.CONNECT_READ_TTL_MS, catalogTtlMs: env.CONNECT_CATALOG_TTL_MS },
    maxUpstreamCalls: env.MAX_UPSTREAM_CALLS,
    upstreamCalls: env.UPSTREAM_CALLS ?? (env.CONNECT_ADAPTER === 'aws' ? 'refuse' : 'report'),
  };
}
