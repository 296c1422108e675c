import { type CleanedEnv, str } from 'envalid';
import { isSecureUrl } from '../util/secure-url.js';
import { oneOf, shown } from './validators.js';

/** The tokens that are accepted. */
export interface AuthConfig {
  readonly issuer: string;
  readonly audience: string;
  /** URL of the issuer's public keys. Undefined: from the issuer's discovery document. */
  readonly jwksUrl: string | undefined;
  /** Whether keys may come from another machine unencrypted. */
  readonly allowHttp: boolean;
  /** Claim that lists the instances a caller may use; undefined: a caller may use all. */
  readonly instancesClaim: string | undefined;
  /** URL of the API as clients see it; undefined: by the Host header of each request. */
  readonly resourceUrl: string | undefined;
}

/** Settings of authentication and the audit log. */
export const CALLER_SETTINGS = {
  AUTH: oneOf('none')({ default: undefined, desc: 'none: accept every caller, also beyond loopback.' }),
  AUTH_ISSUER: str({
    default: undefined,
    desc: 'Issuer of accepted tokens (claim iss). Set it with AUTH_AUDIENCE. Its keys are found by its discovery document.',
  }),
  AUTH_AUDIENCE: str({ default: undefined, desc: 'Audience of accepted tokens (claim aud).' }),
  AUTH_JWKS_URL: str({
    default: undefined,
    desc: 'URL of the public keys that verify tokens, for an issuer without a discovery document.',
  }),
  AUTH_ALLOW_HTTP: oneOf(
    'on',
    'off',
  )({
    default: 'off',
    desc: 'Accept an issuer and keys of another machine by http://. Anyone on the way can then forge tokens.',
  }),
  AUTH_RESOURCE_URL: str({
    default: undefined,
    desc: 'URL of the API as clients see it, for the protected resource metadata. Unset: by the Host header of the request.',
  }),
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
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwksUrl } = env;
  const { AUTH_INSTANCES_CLAIM: instancesClaim, AUTH_RESOURCE_URL: resourceUrl } = env;
  const isSomeSet = [issuer, audience, jwksUrl, instancesClaim, resourceUrl].some((value) => value !== undefined);
  if (!isSomeSet) return undefined;
  if (env.AUTH === 'none') {
    problems.push('AUTH: none accepts every caller, but AUTH_… settings authenticate callers. Unset one or the other.');
  }
  const allowHttp = env.AUTH_ALLOW_HTTP === 'on';
  problems.push(...urlProblems({ issuer, jwksUrl, resourceUrl, allowHttp }));
  if (issuer === undefined || audience === undefined) {
    const missing = Object.entries({ AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience }).filter(([, value]) => !value);
    problems.push(
      `${missing.map(([name]) => name).join(', ')}: authentication needs AUTH_ISSUER and AUTH_AUDIENCE. Set both, or no AUTH_… setting.`,
    );
    return undefined;
  }
  return { issuer, audience, jwksUrl, allowHttp, instancesClaim, resourceUrl };
}

/** Keys that travel unencrypted could be replaced on the way, except within this machine. */
function urlProblems({
  issuer,
  jwksUrl,
  resourceUrl,
  allowHttp,
}: Pick<AuthConfig, 'jwksUrl' | 'resourceUrl' | 'allowHttp'> & { issuer: string | undefined }): readonly string[] {
  const form = 'an https:// URL without user and password, or an http:// URL of this machine';
  const hint = 'AUTH_ALLOW_HTTP=on accepts other http:// URLs.';
  const problems: string[] = [];
  // With a URL of its own for the keys, an issuer is a name that is only compared; some are no URLs.
  const mustBeUrl = issuer !== undefined && (jwksUrl === undefined || /^http:/i.test(issuer));
  if (mustBeUrl && !isSecureUrl(issuer, allowHttp)) {
    problems.push(`AUTH_ISSUER: expected ${form}, but got ${shown(issuer)}. ${hint}`);
  }
  if (jwksUrl !== undefined && !isSecureUrl(jwksUrl, allowHttp)) {
    problems.push(`AUTH_JWKS_URL: expected ${form}, but got ${shown(jwksUrl)}. ${hint}`);
  }
  if (resourceUrl !== undefined && !isSecureUrl(resourceUrl, true)) {
    problems.push(`AUTH_RESOURCE_URL: expected an http:// or https:// URL, but got ${shown(resourceUrl)}.`);
  }
  return problems;
}
