export function resolveRelativeTimes(text: string, now?: Date): string;
export function isResolvedFrom(text: string, template: string): boolean;
export function renewTimes(text: string, template: string, now?: Date): string;
