export function subjectOf(result: { readonly data?: object | null } | undefined): string | null;
