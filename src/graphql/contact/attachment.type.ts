import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { bareId, contactArnBeside } from '../../connect/arn.js';
import type { Reference } from '../../connect/contact.js';
import type { GatewayContext } from '../context.js';
import { Reads } from '../loading/reads.js';

/** Statuses of a file that can be downloaded. */
const READABLE: readonly (string | undefined)[] = ['APPROVED', 'AVAILABLE'];

/** A file of a contact. Its download address is read only if it is selected, one call for each file. */
@ObjectType({ description: 'A file that is attached to a contact.' })
export class ConnectAttachment {
  @Field(() => String, { description: "The file's name, 1 to 256 characters. Source: ListContactReferences, Name." })
  readonly name: string;

  @Field(() => String, {
    nullable: true,
    description:
      'PROCESSING, APPROVED, REJECTED or FAILED, or a status that Amazon Connect adds. A string, for that reason. Source: ListContactReferences, Status.',
  })
  readonly status: string | null;

  @Field(() => ID, { nullable: true, description: "The file's id. Source: ListContactReferences, Arn." })
  readonly fileId: string | null;

  readonly #context: GatewayContext;
  readonly #instanceId: string;
  readonly #contactId: string;
  readonly #arn: string | undefined;

  constructor(context: GatewayContext, instanceId: string, contactId: string, { name, status, arn }: Reference) {
    this.name = name;
    this.status = status ?? null;
    this.fileId = arn === undefined ? null : bareId(arn);
    this.#context = context;
    this.#instanceId = instanceId;
    this.#contactId = contactId;
    this.#arn = arn;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'A signed address that holds for 5 minutes; null until the file is approved. Source: GetAttachedFile, DownloadUrlMetadata.',
  })
  @Directive('@cost(weight: 5)')
  @Reads('GetAttachedFile')
  async downloadUrl(): Promise<string | null> {
    if (this.#arn === undefined || !READABLE.includes(this.status ?? undefined)) return null;
    const file = await this.#context.loaders.attachedFiles.load({
      instanceId: this.#instanceId,
      id: JSON.stringify([bareId(this.#arn), contactArnBeside(this.#arn, this.#contactId)]),
    });
    return file?.downloadUrl ?? null;
  }
}
