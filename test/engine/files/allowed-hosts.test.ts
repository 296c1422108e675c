import { describe, expect, it } from '@jest/globals';
import { NO_HOSTS, parseAllowedHosts } from '../../../src/engine/files/allowed-hosts.js';

describe('A list of hosts', () => {
  it.each([
    ['files.example.com', 'https://files.example.com/a', true],
    ['files.example.com', 'http://files.example.com/a', true],
    ['files.example.com', 'https://FILES.example.com:443/a', true],
    ['files.example.com', 'https://files.example.com:8443/a', false],
    ['files.example.com:8443', 'https://files.example.com:8443/a', true],
    ['files.example.com:443', 'https://files.example.com/a', true],
    ['files.example.com', 'https://files.example.com.evil.example/a', false],
    ['files.example.com', 'https://evil.example/files.example.com', false],
    ['files.example.com', 'ftp://files.example.com/a', false],
    ['*.example.com', 'https://a.b.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://notexample.com/', false],
    ['127.0.0.1:9000', 'http://127.0.0.1:9000/', true],
    ['127.0.0.1:9000', 'http://127.0.0.1:9001/', false],
    ['127.0.0.1:9000', 'http://0x7f.1:9000/', true],
    ['10.0.0.0/8', 'http://10.1.2.3:9000/', true],
    ['10.0.0.0/8', 'http://11.1.2.3:9000/', false],
    ['[::1]:9000', 'http://[::1]:9000/', true],
    ['::1', 'http://[::1]/', true],
    ['a.example.com, b.example.com', 'https://b.example.com/', true],
  ])('answers for %s whether it allows %s by %s', (list, url, allowed) => {
    expect(parseAllowedHosts(list).allows(new URL(url))).toBe(allowed);
  });

  it.each([
    ['files.example.com', '93.184.216.34', true],
    ['files.example.com', '127.0.0.1', false],
    ['files.example.com', '169.254.169.254', false],
    ['files.example.com', '10.1.2.3', false],
    ['files.example.com', '::1', false],
    ['files.example.com', '::ffff:127.0.0.1', false],
    ['files.example.com', 'fd00:ec2::254', false],
    ['files.example.com', '2606:2800:220:1::1', true],
    ['files.example.com,10.0.0.0/8', '10.1.2.3', true],
    ['files.example.com,10.1.2.3', '10.1.2.3', true],
  ])('answers for %s whether a name may lead to %s by %s', (list, address, allowed) => {
    expect(parseAllowedHosts(list).allowsAddress(address)).toBe(allowed);
  });

  it.each([
    '',
    'https://files.example.com',
    'files.example.com/path',
    'a b',
    '*',
    '10.0.0.0/33',
    'a,,b',
    'a:port',
    '*.1.2.3.4',
  ])('is refused as %j', (list) => {
    expect(() => parseAllowedHosts(list)).toThrow('a comma-separated list of host names');
  });

  it('allows nothing if it is not set', () => {
    expect(NO_HOSTS.allows(new URL('https://files.example.com'))).toBe(false);
  });
});
