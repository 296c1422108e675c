import { describe, expect, it } from '@jest/globals';
import { schemaAdvice } from '../../web/schema-advice.js';

const refused = (message: string, code?: string) => ({ errors: [{ message, ...(code && { extensions: { code } }) }] });

describe('Advice on a schema', () => {
  it('is absent if the schema arrived', () => {
    expect(schemaAdvice(200, { data: { __schema: {} } })).toBeNull();
  });

  it('states where to enter a token if the gateway wants one', () => {
    const advice = schemaAdvice(
      401,
      refused('Send a token in the header authorization: Bearer TOKEN.', 'UNAUTHENTICATED'),
    );
    expect(advice).toContain('Sign in to see the schema. Send a token in the header authorization: Bearer TOKEN.');
    expect(advice).toContain('Open Headers below the query');
    expect(advice).toContain('Re-fetch GraphQL schema');
  });

  it('states where to enter another token if a proxy refuses this one', () => {
    expect(schemaAdvice(403, {})).toMatch(
      /Your token may not read the schema. The gateway answered with status 403. Open Headers/,
    );
  });

  it('repeats a refusal that no token changes, such as that of an origin', () => {
    const advice = schemaAdvice(
      403,
      refused('Start the gateway with CORS_ORIGINS=https://x.example.', 'ORIGIN_NOT_ALLOWED'),
    );
    expect(advice).toMatch(/CORS_ORIGINS=https:\/\/x.example/);
    expect(advice).not.toContain('token');
  });

  it('states that the editors lack the schema if introspection is off', () => {
    expect(schemaAdvice(200, refused('Introspection is off.'))).toBe(
      'The schema is not available, so the editors cannot complete or check a query. Introspection is off.',
    );
  });
});
