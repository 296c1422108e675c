export interface Field {
  readonly name: string;
  readonly type: string;
  readonly readOnly: boolean;
}
export interface Template {
  readonly id: string;
  readonly fields: readonly Field[];
}
export function inputOf(template: Template, values: Readonly<Record<string, string>>): object;
export function messagesByField(
  template: Template,
  input: { readonly references?: readonly { readonly name: string }[] | null },
  errors: readonly { readonly message: string; readonly path?: readonly string[] | null }[],
): { readonly byField: Readonly<Record<string, string[]>>; readonly others: readonly string[] };
