export function searchTour<Operation extends { readonly title: string; readonly summary: string }>(
  topics: readonly { readonly topic: string; readonly operations: readonly Operation[] }[],
  text: string,
): { topic: string; operations: Operation[] }[];
