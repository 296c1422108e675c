/** The members that were given: absent, undefined and null mean the same to the API, and the port tells only absent ones. */
export function given<Given extends object>(
  members: Given,
): { readonly [Name in keyof Given]?: Exclude<Given[Name], undefined | null> } {
  const present: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) if (value != null) present[name] = value;
  return present as never;
}
