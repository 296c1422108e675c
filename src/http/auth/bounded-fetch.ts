/** Maximum size of a document of an issuer, in bytes. Key sets of large providers have about 10 KB. */
const MAX_BYTES = 256 * 1024;

/**
 * Fetches a document of at most 256 KiB. jose takes it as its `customFetch`.
 *
 * @throws Error if the status is not 200 or the document is larger
 */
export async function boundedFetch(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`Expected status 200 from ${url}, but got ${response.status}.`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error(`Expected at most ${MAX_BYTES} bytes from ${url}, but got more.`);
    parts.push(part);
  }
  return new Response(Buffer.concat(parts));
}
