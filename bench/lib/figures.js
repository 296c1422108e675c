/** The middle one of some numbers; of an even count the mean of both. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ratios of runs that were made in pairs, one pair a round, as text: their median, and each. */
export function shownRatios(ratios) {
  return `${median(ratios).toFixed(2)} times (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`;
}

/** Reports the progress of a long run on standard error, because standard output is for the figures. */
export function progress(text) {
  process.stderr.write(`${text}\n`);
}
