import type { Path } from '../../connect/violation.js';

/** Something that is wrong with a seed, and where. */
export interface SeedProblem {
  readonly path: Path;
  readonly message: string;
}

/** Problems that a message tells; the others are counted. */
const MAX_TOLD = 50;

/** A seed cannot be used. The message tells all that is wrong, each with its path. */
export class SeedError extends Error {
  constructor(
    file: string,
    readonly problems: readonly SeedProblem[],
    options?: ErrorOptions,
  ) {
    const more = problems.length - MAX_TOLD;
    const told = problems.slice(0, MAX_TOLD).map(({ path, message }) => `  ${placeOf(path)}${message}`);
    const lines = [...told, ...(more > 0 ? [`  And ${more} more.`] : [])];
    super(`CONNECT_SEED: ${file} cannot be used, and nothing of it was taken.\n${lines.join('\n')}`, options);
    this.name = 'SeedError';
  }
}

/** A path as people write it: instances[0].queues[1].name. */
function placeOf(path: Path): string {
  if (path.length === 0) return '';
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${text.replace(/^\./, '')}: `;
}
