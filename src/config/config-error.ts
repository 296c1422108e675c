/** A setting is wrong. The message names it, what it takes and what came. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** What came, without the password that a URL may hold. */
export function shown(value = ''): string {
  return JSON.stringify(value.replace(/:\/\/.*@/s, '://…@').replace(/(password=)[^&]*/gi, '$1…'));
}
