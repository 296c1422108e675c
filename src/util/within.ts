/** Awaits `work`. Calls `onTimeout` if it takes longer than `milliseconds`. */
export async function within(milliseconds: number, work: Promise<void>, onTimeout: () => void): Promise<void> {
  const timer = setTimeout(onTimeout, milliseconds);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}
