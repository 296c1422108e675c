/** One of the media types, or ranges of them, that a client accepts. */
export interface MediaRange {
  /** In lower case: text/html, application/*, or any. */
  readonly name: string;
  /** From 0, not at all, to 1. */
  readonly quality: number;
  /** Greater for a range that names more. */
  readonly exactness: number;
  /** Where it stands in the list. */
  readonly place: number;
}

/**
 * Reads the header accept.
 *
 * @param accept the header's value; empty: no range at all
 */
export function readAccept(accept: string): readonly MediaRange[] {
  return accept.toLowerCase().split(',').map(readRange);
}

function readRange(text: string, place: number): MediaRange {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return { name, quality, exactness: -name.split('*').length, place };
}
