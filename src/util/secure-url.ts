import { isLoopback } from './loopback.js';

/**
 * Checks that a URL is encrypted or stays on this machine, and has no user and password.
 *
 * @param allowHttp whether http:// of another machine is accepted too
 */
export function isSecureUrl(text: string, allowHttp: boolean): boolean {
  // A parser corrects more than clients and issuers do: https:host, backslashes, spaces.
  const url = /^https?:\/\/[^\s\\/][^\s\\]*$/i.test(text) ? URL.parse(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname));
}
