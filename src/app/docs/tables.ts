import { SETTINGS } from '../../config/config.js';
import { flagOf } from '../../config/flags.js';
import { LIMIT_SETTINGS } from '../../config/limits.js';
import { RATES } from '../../connect/rates.js';
import { RULES as ACCESS } from '../../graphql/access/rules.js';
import { Metrics } from '../../telemetry/metrics.js';
import { OPERATIONS } from '../../wire/operations.js';
import { RULES } from '../rule-registry.js';
import { ERROR_TABLES } from './error-tables.js';
import { code, number, table } from './table.js';

/** What envalid keeps of a setting. */
interface SettingSpec {
  readonly default?: unknown;
  readonly desc?: string;
}

function settings(): string {
  const rows = Object.entries(SETTINGS as Readonly<Record<string, SettingSpec>>).map(([name, spec]) => {
    const flag = flagOf(name);
    return [code(name), flag === undefined ? '' : code(`--${flag}`), defaultOf(spec), spec.desc ?? ''];
  });
  return table(['variable', 'flag', 'default', 'meaning'], rows);
}

/** The default as a user would write it; defaults that are no single value are described by the meaning. */
function defaultOf({ default: value }: SettingSpec): string {
  return typeof value === 'string' || typeof value === 'number' ? code(value) : '';
}

/** Answers to requests beyond a limit, where it is not LIMIT_EXCEEDED. */
const BEYOND: Readonly<Partial<Record<keyof typeof LIMIT_SETTINGS, string>>> = {
  MAX_ANSWER_BYTES: '`ANSWER_TOO_LARGE`',
  MAX_CONNECTIONS: 'closed',
  MAX_CONNECTIONS_PER_ADDRESS: 'closed',
  SEND_TIMEOUT_MS: 'closed',
  MAX_UNREAD_BYTES: '503, `OVERLOADED`',
  MAX_UNREAD_BYTES_PER_CALLER: '503, `OVERLOADED`',
  MAX_UNREAD_BYTES_PER_CONNECTION: '503, `OVERLOADED`',
  RECEIVE_TIMEOUT_MS: '408, `REQUEST_TIMEOUT`',
  MAX_HEADER_BYTES: '431, `HEADERS_TOO_LARGE`',
  MAX_BODY_BYTES: '413, `PAYLOAD_TOO_LARGE`',
};

function limits(): string {
  const rows = Object.entries(LIMIT_SETTINGS as Readonly<Record<string, SettingSpec>>).map(([name, spec]) => [
    code(name),
    spec.desc ?? '',
    number(Number(spec.default)),
    BEYOND[name as keyof typeof LIMIT_SETTINGS] ?? '`LIMIT_EXCEEDED`',
  ]);
  return table(['setting', 'what it bounds', 'default', 'beyond it'], rows);
}

function scopes(): string {
  const fields = new Map<string, string[]>();
  for (const type of ['Query', 'Mutation']) {
    for (const [field, { scopes: sets }] of Object.entries(ACCESS[type] ?? {})) {
      for (const scope of sets.flat()) fields.set(scope, [...(fields.get(scope) ?? []), code(field)]);
    }
  }
  return table(
    ['scope', 'root fields that it opens'],
    [...fields].map(([scope, names]) => [code(scope), names.join(', ')]),
  );
}

function rates(): string {
  return table(
    ['operation', 'calls a second', 'burst'],
    Object.entries(RATES).map(([operation, { perSecond, burst }]) => [code(operation), `${perSecond}`, `${burst}`]),
  );
}

function operations(): string {
  return table(
    ['operation', 'request'],
    OPERATIONS.map(({ name, method, path }) => [code(name), code(`${method} ${path}`)]),
  );
}

function metrics(): string {
  return table(['metric', 'labels', 'meaning'], new Metrics().described());
}

function rules(): string {
  return table(
    ['rule', 'expected', 'source'],
    [...RULES]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, limit, beforeService, source }) => [
        code(id),
        beforeService === undefined ? limit : `${limit}; before a real instance ${beforeService}`,
        source,
      ]),
  );
}

/** The tables of the documentation that are generated from the code, by the name in their marker. */
export const TABLES: Readonly<Record<string, () => string>> = {
  settings,
  limits,
  scopes,
  rates,
  operations,
  metrics,
  rules,
  ...ERROR_TABLES,
};
