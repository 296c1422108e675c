import type { FileHandle } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { FileStatus, NewAttachment } from '../../connect/attachment.js';
import { ATTACHMENT_BYTES } from '../../connect/limits.js';
import { isLoopback } from '../../util/loopback.js';
import { attachmentId } from '../decide/attachments.js';
import type { SettleAttachmentRequest } from '../decide/settle-attachment.js';
import { type AllowedHosts, NO_HOSTS } from './allowed-hosts.js';
import { fetchFile } from './fetch-file.js';
import { FileFolder, FileSizeError } from './file-folder.js';
import { type DownloadRequest, type FilePlace, isSigned, signedPath } from './signed-path.js';

/** Where attachments are kept, and where they may come from. */
export interface AttachmentOptions {
  /** The folder of the files. Replicas on one database share it. */
  readonly folder: string;
  /** The hosts that files may be fetched from. Default: none. */
  readonly hosts?: AllowedHosts | undefined;
  /** Maximum size of a file, in bytes. Default: 20 MiB. */
  readonly maxBytes?: number | undefined;
  /** Address that download paths follow, without a slash at its end. Default: see {@link Attachments.servedAt}. */
  readonly url?: string | undefined;
  /** Time from a file's arrival to its approval, in milliseconds of the system. Default: 1000. */
  readonly approvalMs?: number | undefined;
  /** Receives the reason why a file was not accepted. It must not throw. Default: none. */
  readonly onFailed?:
    | ((failure: FilePlace & { readonly status: FileStatus; readonly error: unknown }) => void)
    | undefined;
}

/** What the files need of the engine. */
export interface AttachmentParts {
  /** Stores what became of an attachment. */
  readonly settle: (request: SettleAttachmentRequest) => Promise<void>;
  /** Returns those of some contacts that the database still has. */
  readonly present: (instanceId: string, contactIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The clock that download addresses end by, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Path of uploads on the emulator. */
export const UPLOADS_PATH = '/_emulator/attachments';

/** Maximum fetches at once. The others wait, so that many creations do not open many connections. */
const FETCHES = 4;

/** Time between two removals of files that no contact has any longer, in milliseconds. */
const SWEEP_MS = 60 * 60 * 1000;

/** Contacts that one statement looks for. */
const SWEEP_STEP = 100;

/** The attachments of an embedded engine: reads new ones, approves them, serves them, and removes those of lost contacts. */
export class Attachments {
  readonly folder: FileFolder;
  readonly maxBytes: number;
  readonly #hosts: AllowedHosts;
  readonly #approvalMs: number;
  readonly #onFailed: AttachmentOptions['onFailed'];
  readonly #parts: AttachmentParts;
  readonly #closing = new AbortController();
  /** Work by contact id, so that a transfer can wait for it. */
  readonly #working = new Map<string, Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #fetching = 0;
  #url: string | undefined;

  constructor(options: AttachmentOptions, parts: AttachmentParts) {
    const { folder, hosts = NO_HOSTS, maxBytes = ATTACHMENT_BYTES, url, approvalMs = 1000 } = options;
    this.folder = new FileFolder(folder);
    this.maxBytes = maxBytes;
    this.#hosts = hosts;
    this.#approvalMs = approvalMs;
    this.#onFailed = options.onFailed;
    this.#url = url;
    this.#parts = parts;
    this.#sweeper = setInterval(() => this.sweep().catch(() => {}), SWEEP_MS).unref();
  }

  /** States the address of a server that downloads can come from, unless the options have one. The first one holds. */
  servedAt(url: string): void {
    this.#url ??= url;
  }

  /** Reads the files of a new contact in the background, and stores what became of each. */
  take(instanceId: string, contactId: string, files: readonly NewAttachment[]): void {
    const work = Promise.all(
      files.map(({ url }, index) =>
        this.#settle({ instanceId, contactId, fileId: attachmentId(contactId, index) }, url),
      ),
    ).finally(() => this.#working.delete(contactId));
    this.#working.set(contactId, work);
  }

  /** Resolves when the files of a contact that are being read here are settled. Default: the files of all contacts. */
  async settled(contactId?: string): Promise<void> {
    await (contactId === undefined ? Promise.all(this.#working.values()) : this.#working.get(contactId));
  }

  /**
   * Returns an address that downloads a file for some time; undefined if no server serves files.
   *
   * @param seconds how long it holds
   */
  async downloadUrl(
    place: FilePlace,
    seconds: number,
  ): Promise<{ readonly url: string; readonly expiresAt: Date } | undefined> {
    if (this.#url === undefined) return undefined;
    const expires = Math.ceil(this.#parts.now() / 1000) + seconds;
    return {
      url: this.#url + signedPath(await this.folder.key(), place, expires),
      expiresAt: new Date(expires * 1000),
    };
  }

  /** Opens a file by its download address; undefined if it has ended, is not signed here, or the file is gone. */
  async open(request: DownloadRequest): Promise<{ readonly file: FileHandle; readonly size: number } | undefined> {
    if (!isSigned(await this.folder.key(), request, this.#parts.now())) return undefined;
    return this.folder.open(request);
  }

  /** Removes the files of contacts that the database no longer has, and uploads that no task took. */
  async sweep(): Promise<void> {
    await this.folder.removeOldUploads(Date.now());
    for await (const { instanceId, contactIds } of this.folder.contacts()) {
      for (let start = 0; start < contactIds.length && !this.#closing.signal.aborted; start += SWEEP_STEP) {
        const some = contactIds.slice(start, start + SWEEP_STEP);
        const present = await this.#parts.present(instanceId, some);
        for (const id of some) if (!present.has(id)) await this.folder.remove(instanceId, id);
      }
    }
  }

  /** Ends the fetches, whose files have then failed, and approves at once what waits for approval. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#closing.abort(new Error('The engine is closing'));
    await this.settled();
  }

  async #settle(place: FilePlace, url: string): Promise<void> {
    const outcome = await this.#read(place, url);
    if (outcome.status === 'APPROVED') await this.#moment();
    // A store that fails leaves it in PROCESSING, which ends by itself.
    await this.#parts.settle({ ...place, ...outcome }).catch(() => {});
  }

  async #read(place: FilePlace, url: string): Promise<{ readonly status: FileStatus; readonly size: number }> {
    try {
      const token = uploadIn(url);
      const uploaded = token === undefined ? undefined : await this.folder.takeUpload(token, place);
      const size = uploaded ?? (await this.#fetch(place, url));
      return { status: 'APPROVED', size };
    } catch (error) {
      const status = error instanceof FileSizeError ? 'REJECTED' : 'FAILED';
      this.#onFailed?.({ ...place, status, error });
      return { status, size: 0 };
    }
  }

  async #fetch(place: FilePlace, url: string): Promise<number> {
    while (this.#fetching >= FETCHES) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#fetching++;
    try {
      return await fetchFile(url, this.#hosts, this.#closing.signal, (body) =>
        this.folder.write(place, body, this.maxBytes),
      );
    } finally {
      this.#fetching--;
      this.#waiting.shift()?.();
    }
  }

  #moment(): Promise<void> {
    // Aborted: the engine closes, and approves at once.
    return setTimeout(this.#approvalMs, undefined, { signal: this.#closing.signal }).catch(() => {});
  }
}

/** Returns the token of an upload address of an emulator on this machine; undefined for any other address. */
function uploadIn(url: string): string | undefined {
  const { hostname, pathname } = new URL(url);
  const token = pathname.startsWith(`${UPLOADS_PATH}/`) ? pathname.slice(UPLOADS_PATH.length + 1) : '';
  return isLoopback(hostname) && /^[\w-]{43}$/.test(token) ? token : undefined;
}
