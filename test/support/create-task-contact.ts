import type { FormattedExecutionResult } from 'graphql';
import type { CreateTaskContactInput } from '../generated/operations.js';
import { SAMPLE } from './engine.js';
import type { TestGateway } from './gateway.js';

/** What CreateTaskContactPayload holds, as far as a test selects it. */
export interface Payload {
  readonly contact: Readonly<Record<string, unknown>> | null;
  readonly replayed: boolean | null;
  readonly errors: readonly PayloadError[];
}

/** Any ConnectError with what its type has beside code, message and path. */
export interface PayloadError {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly [fact: string]: unknown;
}

/** An input that the sample instance takes, with other members where the test is about them. */
export function taskInput(members: Partial<CreateTaskContactInput> = {}): CreateTaskContactInput {
  return { name: 'Call back', flow: { contactFlowId: SAMPLE.contactFlow }, ...members };
}

/** Creates a task; selects of the contact what is asked for, and everything of the errors. */
export async function createTask(
  gateway: TestGateway,
  members: Partial<CreateTaskContactInput> = {},
  selection = 'id',
): Promise<{ readonly payload: Payload; readonly errors: FormattedExecutionResult['errors'] }> {
  const { data, errors } = await gateway.ask(mutation(selection), { input: taskInput(members) });
  return { payload: (data as { createTaskContact: Payload } | null)?.createTaskContact as Payload, errors };
}

/** Creates a task that must come to be, and answers its id. */
export async function createdId(gateway: TestGateway, members: Partial<CreateTaskContactInput> = {}): Promise<string> {
  const { payload } = await createTask(gateway, members);
  if (payload.contact === null) throw new Error(`Expected a contact, but got ${JSON.stringify(payload.errors)}`);
  return payload.contact.id as string;
}

/** The mutation, with a selection of the contact's fields. */
export function mutation(selection: string): string {
  return `mutation ($input: CreateTaskContactInput!) {
    createTaskContact(input: $input) {
      contact { ${selection} }
      replayed
      errors {
        __typename code message path
        ... on ConnectInvalidInputError { rule expected actual }
        ... on ConnectNotFoundError { resource id }
        ... on ConnectQuotaExceededError { quota limit }
        ... on ConnectThrottledError { retryAfterMs }
      }
    }
  }`;
}
