import { fileURLToPath } from 'node:url';

/** The kinds of database that a URL can name. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** The form of DATABASE_URL, in words. */
export const DATABASE_URL_FORM =
  'file: and the path of a file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE, where @ / ? # % and spaces of user and password are %40 %2F %3F %23 %25 %20';

/**
 * A URL of PostgreSQL. An @ is accepted in one place only, because a driver would look up the text before an unescaped
 * / or ? of a password as the host. The host may be omitted, or be the folder of a socket: %2Frun%2Fpostgresql.
 */
const POSTGRES =
  /^postgres(?:ql)?:\/\/(?<user>[^\s/?#]*@)?(?<host>\[[\da-f:.]+\]|(?:[\w.-]|%[\da-f]{2})*)(?::(?<port>\d{0,5}))?(?<path>\/[^\s?#@]*)?(?:\?(?<query>[^\s#@]*))?$/i;

/** A host in the query, which a driver prefers: a name, an address or the folder of a socket. */
const HOST_OR_FOLDER = /^(?:[\w.:-]+|\/[^@]*)$/;

const MAX_PORT = 65_535;

/** The parts of a PostgreSQL URL without secrets. */
interface PostgresAddress {
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

/** Returns the kind of database that a URL names; undefined for a text of another form. */
export function databaseKind(url: string): DatabaseKind | undefined {
  if (postgresAddress(url) !== undefined) return 'postgres';
  return filePath(url) === undefined ? undefined : 'sqlite';
}

/** Returns the path of the file that a URL of SQLite names. */
export function databasePath(url: string): string {
  const path = filePath(url);
  if (path === undefined) throw new RangeError('The URL names no file.');
  return path;
}

/** Returns a database URL for messages: without user, password and parameters. */
export function shownDatabaseUrl(url: string): string {
  const address = postgresAddress(url);
  if (address === undefined) return filePath(url) === undefined ? 'of an unknown form' : url;
  const { host, port, path } = address;
  const scheme = url.slice(0, url.indexOf(':'));
  if (host.startsWith('/')) return `${scheme}://${path}?host=${host}`;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}${port && `:${port}`}${path}`;
}

function postgresAddress(url: string): PostgresAddress | undefined {
  const { user, host = '', port, path = '', query = '' } = POSTGRES.exec(url)?.groups ?? {};
  if (!POSTGRES.test(url) || !isDecodable(url)) return undefined;
  if (Number(port ?? 0) > MAX_PORT) return undefined;
  // The driver reads these two forms only with the mark that follows the host.
  if (host === '' && (port !== undefined || (user !== undefined && !path))) return undefined;
  const parameters = new URLSearchParams(query);
  if (/^%2f/i.test(host) && parameters.has('host')) return undefined;
  const named = parameters.get('host') || decodeURIComponent(host).replace(/^\[(.*)\]$/, '$1');
  if (named !== '' && !HOST_OR_FOLDER.test(named)) return undefined;
  return { host: named, port: parameters.get('port') || (port ?? ''), path };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Parameters are refused because SQLite's own are not read, and would become a part of the file's name. */
function filePath(url: string): string | undefined {
  // Without a path, and with :memory:, SQLite would make a database that is lost with its connection.
  const path = /^file:(?!$|:memory:)([^?#\0]*[^/?#\0])$/.exec(url)?.[1];
  if (path === undefined || path.startsWith('~')) return undefined;
  if (!path.startsWith('//')) return path;
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
