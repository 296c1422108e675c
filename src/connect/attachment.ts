import type { CallOptions } from './call.js';

/** A file for a new task. */
export interface NewAttachment {
  readonly fileName: string;
  /** A pre-signed address that the file can be read from (API name: S3Url). It is a secret, so no one logs or stores it. */
  readonly url: string;
}

/** The statuses of an attached file (service model, FileStatusType). */
export const FILE_STATUSES = ['APPROVED', 'REJECTED', 'PROCESSING', 'FAILED'] as const;

/** One of {@link FILE_STATUSES}. */
export type FileStatus = (typeof FILE_STATUSES)[number];

/** A file that is attached to a contact, as GetAttachedFile returns it. */
export interface AttachedFile {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** One of {@link FILE_STATUSES}, or a status that the service added later. */
  readonly status: string;
  /** 0 until the size is known. */
  readonly sizeBytes: number;
  readonly createdAt?: Date;
  /** A signed address of the file. Present for an approved file only. */
  readonly downloadUrl?: string;
  readonly downloadUrlExpiresAt?: Date;
}

/** A request of GetAttachedFile. */
export interface GetAttachedFileRequest {
  readonly instanceId: string;
  readonly fileId: string;
  /** The ARN of the contact that the file is attached to. */
  readonly associatedResourceArn: string;
  /** How long the download address holds, in seconds. Range: 5 to 300. Default: 300. */
  readonly urlExpiryInSeconds?: number;
}

/** The files of contacts. Creations state them, and ListContactReferences lists them as references of type ATTACHMENT. */
export interface AttachedFiles {
  /** Reads a file's facts with an address to download it from. */
  getAttachedFile(request: GetAttachedFileRequest, options?: CallOptions): Promise<AttachedFile>;
}
