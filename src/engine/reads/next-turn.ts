/** Ends when the event loop has come round: whatever came in meanwhile has had its say. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
