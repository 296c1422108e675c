import { BlockList, isIP, isIPv6 } from 'node:net';

/** The hosts that files may be fetched from. */
export interface AllowedHosts {
  /** Returns whether a URL may be fetched, before its host is resolved. */
  allows(url: URL): boolean;
  /** Returns whether an address that a listed name resolves to may be called: a public one, or one that is listed too. */
  allowsAddress(address: string): boolean;
}

/** The form of the list, for messages. */
export const ALLOWED_HOSTS_FORM =
  'a comma-separated list of host names, *.domain, addresses and address ranges such as 10.0.0.0/8; names and addresses with :port if it is not the default port of the scheme';

/** Addresses that mean this machine, its networks or nothing: a name that resolves to one of them can reach what is not public. */
const SPECIAL = rangesOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/32',
  '100::/64',
  '2001::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

interface Host {
  /** The host of a URL, or the end of it from a dot. */
  readonly name: string;
  readonly isDomain: boolean;
  /** Empty: the default port of the URL's scheme. */
  readonly port: string;
}

/** No host at all. */
export const NO_HOSTS: AllowedHosts = { allows: () => false, allowsAddress: () => false };

/**
 * Parses a list of hosts.
 *
 * @throws Error with {@link ALLOWED_HOSTS_FORM}
 */
export function parseAllowedHosts(text: string): AllowedHosts {
  const hosts: Host[] = [];
  const ranges = new BlockList();
  for (const part of text.split(',')) {
    const entry = part.trim().toLowerCase();
    if (addRange(ranges, entry)) continue;
    const host = hostOf(entry);
    if (host === undefined) throw new Error(ALLOWED_HOSTS_FORM);
    hosts.push(host);
    // A single address is a range of its own, for names that resolve to it.
    const address = bare(host.name);
    if (isIP(address)) addRange(ranges, `${address}/${isIPv6(address) ? 128 : 32}`);
  }
  return {
    allows({ protocol, hostname, port }) {
      if (protocol !== 'http:' && protocol !== 'https:') return false;
      const standard = protocol === 'https:' ? '443' : '80';
      const isListed = hosts.some(
        (host) =>
          (host.port || standard) === (port || standard) &&
          (host.isDomain ? hostname.endsWith(host.name) : hostname === host.name),
      );
      const address = bare(hostname);
      // The port of a single address counts, so that its range does not decide.
      return isListed || (isIP(address) !== 0 && !hosts.some(({ name }) => name === hostname) && has(ranges, address));
    },
    allowsAddress: (address) => has(ranges, address) || !has(SPECIAL, address),
  };
}

function hostOf(entry: string): Host | undefined {
  const text = isIPv6(entry) ? `[${entry}]` : entry;
  const [, star = '', name = '', port = ''] = /^(\*\.)?(\[[\da-f:.]+\]|[a-z\d._-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (name === '' || !URL.canParse(`http://${name}`)) return undefined;
  const { hostname } = new URL(`http://${name}`);
  const isDomain = star !== '';
  return isDomain && isIP(bare(hostname)) ? undefined : { name: isDomain ? `.${hostname}` : hostname, isDomain, port };
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return list;
}

/** Adds a range to a list. Returns false if the text is no range. */
function addRange(list: BlockList, text: string): boolean {
  const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
  list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return true;
}

function has(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Returns the host of a URL without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
