/** The members that were given: the port tells absent ones from undefined ones. */
export function given<Given extends object>(
  members: Given,
): { readonly [Name in keyof Given]?: Exclude<Given[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
