/** Longest message for a client, in UTF-16 units: graphql-js prints the offending value, however long it is. */
const MAX_MESSAGE = 500;

/** Longest quoted text within a message, in UTF-16 units. */
const MAX_QUOTED = 40;

/** Messages of graphql-js that do not say what to do, and those that do. */
const READABLE: ReadonlyMap<string, string> = new Map([
  // Validation compares the fields of one name with each other, up to some number of times.
  ['Validation aborted.', 'The document repeats too many fields. Ask for each field once, and write fragments flat.'],
]);

/**
 * Makes a message fit for a client: readable, and at most 500 UTF-16 units long. Its time is linear in the length of the
 * message, because clients choose what a message quotes.
 *
 * @param suggestions whether similar names of the schema stay in it
 */
export function clientMessage(message: string, suggestions = true): string {
  return shortened(READABLE.get(message) ?? (suggestions ? message : withoutSuggestion(message)));
}

/** Shortens a message to 500 UTF-16 units: quoted texts first, because the field and the rule stand outside of them. */
export function shortened(message: string): string {
  const short = withShortQuotes(message);
  if (short.length <= MAX_MESSAGE) return short.toWellFormed();
  const half = MAX_MESSAGE / 2;
  return `${short.slice(0, half)}…${short.slice(-half)}`.toWellFormed();
}

function withShortQuotes(message: string): string {
  let short = '';
  let from = 0;
  for (;;) {
    const open = message.indexOf('"', from);
    const close = open < 0 ? -1 : closingQuote(message, open + 1);
    if (close < 0) return short + message.slice(from);
    const isLong = close - open - 1 > MAX_QUOTED;
    short += isLong ? `${message.slice(from, open + 1 + MAX_QUOTED)}…"` : message.slice(from, close + 1);
    from = close + 1;
  }
}

/** Returns the index of the next quote that is not escaped; -1 if there is none. */
function closingQuote(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === '"') return index;
  }
  return -1;
}

/** Removes the question by which graphql-js ends a message about an unknown name. */
function withoutSuggestion(message: string): string {
  const question = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
  return question < 0 ? message : message.slice(0, question).trimEnd();
}
