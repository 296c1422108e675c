import { type CleanedEnv, makeValidator, str } from 'envalid';
import { type Rate, type RatedOperation, RATES } from '../connect/rates.js';
import { fewOf, milliseconds, oneOf, someMilliseconds } from './validators.js';

/** What CONNECT_RATES takes, in words. */
const RATES_FORM =
  'OPERATION=RATE/BURST, several with commas between them: calls per second, and how many at once after a pause';

/**
 * Reads rates: `StartTaskContact=10/20,SearchContacts=0.5/2`. What is not named keeps its default.
 *
 * @returns undefined where the text is none, or names no operation of the gateway
 */
function readRates(text: string): Readonly<Record<RatedOperation, Rate>> | undefined {
  const rates: Record<RatedOperation, Rate> = { ...RATES };
  for (const part of text.split(',')) {
    const [, name = '', perSecond, burst] = /^(\w+)=(\d{1,6}(?:\.\d{1,3})?)\/([1-9]\d{0,5})$/.exec(part.trim()) ?? [];
    if (!Object.hasOwn(RATES, name) || Number(perSecond) === 0) return undefined;
    rates[name as RatedOperation] = { perSecond: Number(perSecond), burst: Number(burst) };
  }
  return rates;
}

const rates = makeValidator((text) => {
  const found = readRates(text);
  if (found === undefined) throw new Error(RATES_FORM);
  return found;
});

/** A real instance: where it is, and how it is called. */
export const UPSTREAM_SETTINGS = {
  CONNECT_STRICT: oneOf('on', 'off')({ default: 'off', desc: 'Apply the rules engine/… also before aws.' }),
  AWS_REGION: str({
    default: undefined,
    desc: 'Region of the real instance, unless CONNECT_INSTANCES names one. Unset: as the SDK finds it.',
  }),
  AWS_ENDPOINT_URL_CONNECT: str({
    default: undefined,
    desc: 'Endpoint of Amazon Connect. Unset: as the SDK finds it.',
  }),
  CONNECT_RATES: rates({
    default: RATES,
    desc: `Rates of the calls to aws: ${RATES_FORM}. Default: those of Amazon Connect.`,
  }),
  CONNECT_REPLICAS: fewOf({ default: 1, desc: 'Replicas that call aws for one account and region.' }),
  CONNECT_CALL_TIMEOUT_MS: someMilliseconds({ default: 8_000, desc: 'Time for one call to aws, in milliseconds.' }),
  CONNECT_READ_TTL_MS: milliseconds({
    default: 2_000,
    desc: 'Time to cache contacts, chains and attributes from aws, in milliseconds. 0: no cache.',
  }),
  CONNECT_CATALOG_TTL_MS: milliseconds({
    default: 60_000,
    desc: 'Time to cache flows, quick connects and task templates from aws, in milliseconds. 0: no cache.',
  }),
  MAX_UPSTREAM_CALLS: fewOf({
    default: 60,
    desc: 'Estimated calls to aws that one request may need.',
  }),
} as const;

/** How a real instance is called. */
export interface UpstreamConfig {
  /** How often, in one account and region. */
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  /** How many replicas share that. */
  readonly replicas: number;
  /** How long one call may take before it counts as lost. */
  readonly callTimeoutMs: number;
}

/** A real instance: where it is, and how it is called. */
export interface UpstreamSettings {
  /** Before a real instance: judge by our own readings too, where the API's reference is silent. */
  readonly strict: boolean;
  /** Where the real instance is, as far as it is set here; the rest is the SDK's own chain. */
  readonly aws: { readonly region: string | undefined; readonly endpoint: string | undefined };
  /** How the real instance is called. */
  readonly upstream: UpstreamConfig;
  /** How long what a real instance answered is given again, in milliseconds: contacts, and the catalogue. 0: not at all. */
  readonly caches: { readonly readTtlMs: number; readonly catalogTtlMs: number };
  /** Calls on a real instance that one request may cost, as estimated. */
  readonly maxUpstreamCalls: number;
}

/** What the settings say. */
export function upstreamOf(env: CleanedEnv<typeof UPSTREAM_SETTINGS>): UpstreamSettings {
  return {
    strict: env.CONNECT_STRICT === 'on',
    aws: { region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_CONNECT },
    upstream: {
      rates: env.CONNECT_RATES,
      replicas: env.CONNECT_REPLICAS,
      callTimeoutMs: env.CONNECT_CALL_TIMEOUT_MS,
    },
    caches: { readTtlMs: env.CONNECT_READ_TTL_MS, catalogTtlMs: env.CONNECT_CATALOG_TTL_MS },
    maxUpstreamCalls: env.MAX_UPSTREAM_CALLS,
  };
}
