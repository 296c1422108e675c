/** A member of a request, or nothing where its input is null or absent: both mean the same to the API. */
export function given<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { readonly [Member in Name]?: Value } {
  return value == null ? {} : ({ [name]: value } as { readonly [Member in Name]: Value });
}
