export function titleOf(query: string): string | undefined;
export function summaryOf(query: string): string;
