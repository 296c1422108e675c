import type { DownloadOptions } from '../controls/downloads.js';
import type { EmbeddedConnect } from '../engine/engine.js';

/** Returns the attachments of an engine for downloads; undefined if it keeps none. */
export function downloadsOf(engine: EmbeddedConnect): DownloadOptions | undefined {
  const { attachments } = engine;
  return (
    attachments && {
      attachments,
      async nameOf(instanceId, contactId, fileId) {
        const [references] = await engine.listReferences({ instanceId, contactIds: [contactId] });
        if (!references || references instanceof Error) return undefined;
        return references.find(({ value }) => value === fileId)?.name;
      },
    }
  );
}
