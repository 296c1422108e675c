/**
 * Finds the operations of the tour whose name, line or topic holds all words of a search, whatever their case.
 *
 * @template {{ title?: string, summary: string }} Operation
 * @param {readonly { topic: string, operations: readonly Operation[] }[]} topics
 * @param {string} text
 * @returns {{ topic: string, operations: Operation[] }[]} without topics that hold none
 */
export function searchTour(topics, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return topics
    .map(({ topic, operations }) => ({
      topic,
      operations: operations.filter(({ title, summary }) => {
        const searched = `${topic} ${title} ${summary}`.toLowerCase();
        return words.every((word) => searched.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
}
