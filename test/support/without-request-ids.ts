/** An answer without the ids of requests, which differ each time. */
export function withoutRequestIds<Answer>(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'requestId' ? undefined : value,
  ) as Answer;
}
