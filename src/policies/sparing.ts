import type { Connect } from '../connect/connect.js';
import type { TemplateReading } from '../validation/requests/template-values.js';
import { catalogCached } from './around-port/catalog-cache.js';
import { readCached } from './around-port/read-cache.js';
import { templateChecked } from './around-port/template-check.js';

/** How calls are spared. */
export interface SparingOptions {
  /** How long contacts, chains and attributes are given again: milliseconds; 0: not at all. */
  readonly readTtlMs: number;
  /** How long flows, quick connects and templates count as fresh: milliseconds; 0: not at all. */
  readonly catalogTtlMs: number;
  /** By which rules a template's values are judged. */
  readonly templateReading: TemplateReading;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * A port that spares the one behind it calls that tell nothing new. The outermost first: creations are judged by templates
 * that are kept; contacts that were read are given again; so is the catalogue, where creations find those templates.
 */
export function sparing(port: Connect, { readTtlMs, catalogTtlMs, templateReading, now }: SparingOptions): Connect {
  if (catalogTtlMs === 0) return readCached(port, { ttlMs: readTtlMs, now });
  const { connect, template } = catalogCached(port, { ttlMs: catalogTtlMs, now });
  const cached = readCached(connect, { ttlMs: readTtlMs, now });
  return templateChecked(cached, { template, reading: templateReading, now });
}
