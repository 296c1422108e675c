/** Drops undefined and null members. The API treats both as absent, and the port knows absent ones only. */
export function given<Given extends object>(
  members: Given,
): { readonly [Name in keyof Given]?: Exclude<Given[Name], undefined | null> } {
  const present: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) if (value != null) present[name] = value;
  return present as never;
}
