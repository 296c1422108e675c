export function schemaAdvice(
  status: number,
  result: {
    readonly data?: object | null;
    readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  },
): string | null;
