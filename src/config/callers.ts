import { type CleanedEnv, makeValidator, str } from 'envalid';
import { isLoopback } from '../util/loopback.js';
import { oneOf } from './validators.js';

/** Whose tokens are taken, and what they say. */
export interface AuthConfig {
  /** Where the issuer's public keys are. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that lists the instances a caller may touch; undefined: every caller may touch all. */
  readonly instancesClaim: string | undefined;
}

/** Keys that come in the clear could be anyone's; within a machine nobody is in between. */
const jwksUrl = makeValidator((text) => {
  const url = URL.parse(text);
  if (url?.username || url?.password) throw new Error('an address without a user and a password');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return text;
  throw new Error('an address with https://, or one of this machine with http://');
});

/** Who may call, and what is on record of it. */
export const CALLER_SETTINGS = {
  AUTH: oneOf('none')({ default: undefined, desc: 'none: accept every caller, also beyond loopback.' }),
  AUTH_JWKS_URL: jwksUrl({
    default: undefined,
    desc: 'URL of the public keys that verify tokens. Set all three of AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE, or none.',
  }),
  AUTH_ISSUER: str({ default: undefined, desc: 'Issuer of accepted tokens (claim iss).' }),
  AUTH_AUDIENCE: str({ default: undefined, desc: 'Audience of accepted tokens (claim aud).' }),
  AUTH_INSTANCES_CLAIM: str({
    default: undefined,
    desc: 'Claim that lists the instances a caller may use, by id or alias. Unset: a caller may use all.',
  }),
  AUDIT_LOG: oneOf('on', 'off')({ default: 'on', desc: 'Log a line for each mutation.' }),
  AUDIT_TASK_NAMES: oneOf('on', 'off')({ default: 'off', desc: 'Include the names of tasks in those lines.' }),
} as const;

/** Who may call, and what is on record of it. */
export interface CallerSettings {
  /** Whose tokens are taken; undefined where nobody is asked who it is. */
  readonly auth: AuthConfig | undefined;
  /** What the audit log writes; undefined where there is none. */
  readonly audit: { readonly taskNames: boolean } | undefined;
}

/**
 * What the settings say.
 *
 * @param problems what is wrong with them is added here
 */
export function callersOf(env: CleanedEnv<typeof CALLER_SETTINGS>, problems: string[]): CallerSettings {
  return {
    auth: authOf(env, problems),
    audit: env.AUDIT_LOG === 'on' ? { taskNames: env.AUDIT_TASK_NAMES === 'on' } : undefined,
  };
}

/** All that authentication needs, or nothing of it: half of it, taken for none, would open what was meant to be closed. */
function authOf(env: CleanedEnv<typeof CALLER_SETTINGS>, problems: string[]): AuthConfig | undefined {
  const { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_INSTANCES_CLAIM } = env;
  const needed = { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE };
  const isSomeSet = [...Object.values(needed), AUTH_INSTANCES_CLAIM].some((value) => value !== undefined);
  if (isSomeSet && env.AUTH === 'none') {
    problems.push('AUTH: none lets everyone in, but AUTH_… settings ask who callers are. Leave out one or the other.');
  }
  if (AUTH_JWKS_URL !== undefined && AUTH_ISSUER !== undefined && AUTH_AUDIENCE !== undefined) {
    return {
      jwksUrl: AUTH_JWKS_URL,
      issuer: AUTH_ISSUER,
      audience: AUTH_AUDIENCE,
      instancesClaim: AUTH_INSTANCES_CLAIM,
    };
  }
  if (isSomeSet) {
    const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
    problems.push(
      `${missing.join(', ')}: authentication needs all of ${Object.keys(needed).join(', ')}; set all three, or no AUTH_… setting.`,
    );
  }
  return undefined;
}
