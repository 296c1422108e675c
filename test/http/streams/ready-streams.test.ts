import { describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { startTestGateway } from '../../support/gateway.js';
import { createAsWritten, operationText, operationVariables } from '../../support/operations.js';

describe('A ready operation that streams', () => {
  it.each(['follow-tasks', 'follow-chain'])('receives a task that joins the chain: %s', async (name) => {
    await using gateway = await startTestGateway();
    const client = createClient({ url: `${gateway.url}/graphql`, retryAttempts: 0 });
    const results = client.iterate({
      query: operationText(name),
      variables: operationVariables<Record<string, unknown>>(name, Date.now()),
    });
    const first = results.next();
    let isReceived = false;
    void first.finally(() => {
      isReceived = true;
    });
    // The stream receives what is created after it has begun.
    for (let tasks = 0; !isReceived && tasks < 12; tasks += 1) {
      await createAsWritten<{ createTaskContact: unknown }>(gateway, 'continue-chain');
    }
    const { value } = await first;
    client.dispose();
    expect(value).not.toHaveProperty('errors');
    expect(value).toMatchObject({ data: { connectContactChanged: { kind: 'INITIATED', cursor: expect.any(String) } } });
  });
});
