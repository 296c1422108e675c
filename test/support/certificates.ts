import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './process.js';

/** Certificates of one test, made by openssl in a folder that is removed with them. */
export class TestCertificates implements AsyncDisposable {
  private constructor(private readonly folder: { readonly path: string } & AsyncDisposable) {}

  /** Makes an authority. */
  static async make(): Promise<TestCertificates> {
    const certificates = new TestCertificates(await temporaryFolder());
    certificates.#openssl([
      'req',
      '-x509',
      '-new',
      '-nodes',
      ...KEY,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      '/CN=Test CA',
    ]);
    return certificates;
  }

  /** The file of the authority. */
  get authority(): string {
    return this.file('ca.pem');
  }

  /** Signs a certificate. Names of files: NAME.pem and NAME.key. */
  sign(name: string, subject: string, alternative = 'IP:127.0.0.1'): { readonly cert: Buffer; readonly key: Buffer } {
    this.#openssl([
      'req',
      '-new',
      '-nodes',
      ...KEY,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      subject,
      '-addext',
      `subjectAltName=${alternative}`,
    ]);
    this.#openssl([
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
      '-out',
      `${name}.pem`,
    ]);
    return { cert: readFileSync(this.file(`${name}.pem`)), key: readFileSync(this.file(`${name}.key`)) };
  }

  file(name: string): string {
    return join(this.folder.path, name);
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.folder[Symbol.asyncDispose]();
  }

  #openssl(args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder.path, stdio: 'pipe' });
  }
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
