import { type CleanedEnv, makeValidator, str } from 'envalid';
import { isLoopback } from '../util/loopback.js';
import { oneOf } from './validators.js';

/** The tokens that are accepted. */
export interface AuthConfig {
  /** URL of the issuer's public keys. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Claim that lists the instances a caller may use; undefined: a caller may use all. */
  readonly instancesClaim: string | undefined;
}

/** Keys that travel unencrypted could be replaced on the way, except within this machine. */
const jwksUrl = makeValidator((text) => {
  const url = URL.parse(text);
  if (url?.username || url?.password) throw new Error('a URL without user and password');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return text;
  throw new Error('an https:// URL, or an http:// URL of this machine');
});

/** Settings of authentication and the audit log. */
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
  AUDIT_LOG: oneOf(
    'on',
    'required',
    'off',
  )({
    default: 'on',
    desc: 'Log a line for each mutation. required: an answer waits while its line cannot be written.',
  }),
  AUDIT_TASK_NAMES: oneOf('on', 'off')({ default: 'off', desc: 'Include the names of tasks in those lines.' }),
} as const;

/** Authentication and the audit log. */
export interface CallerSettings {
  /** Undefined: callers are not authenticated. */
  readonly auth: AuthConfig | undefined;
  /** Undefined: no audit log. `required`: an answer waits until its line is written. */
  readonly audit: { readonly taskNames: boolean; readonly required: boolean } | undefined;
}

/**
 * Reads the settings of authentication and the audit log.
 *
 * @param problems receives the problems of the settings
 */
export function callersOf(env: CleanedEnv<typeof CALLER_SETTINGS>, problems: string[]): CallerSettings {
  return {
    auth: authOf(env, problems),
    audit:
      env.AUDIT_LOG === 'off'
        ? undefined
        : { taskNames: env.AUDIT_TASK_NAMES === 'on', required: env.AUDIT_LOG === 'required' },
  };
}

/** Reads all settings of authentication, or none: an incomplete set must not open what was meant to be closed. */
function authOf(env: CleanedEnv<typeof CALLER_SETTINGS>, problems: string[]): AuthConfig | undefined {
  const { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_INSTANCES_CLAIM } = env;
  const needed = { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE };
  const isSomeSet = [...Object.values(needed), AUTH_INSTANCES_CLAIM].some((value) => value !== undefined);
  if (isSomeSet && env.AUTH === 'none') {
    problems.push('AUTH: none accepts every caller, but AUTH_… settings authenticate callers. Unset one or the other.');
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
      `${missing.join(', ')}: authentication needs all of ${Object.keys(needed).join(', ')}. Set all three, or no AUTH_… setting.`,
    );
  }
  return undefined;
}
