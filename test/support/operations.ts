import { readFileSync } from 'node:fs';
import type { FormattedExecutionResult } from 'graphql';
import { resolveRelativeTimes } from '../../web/relative-times.js';
import type { CreateTaskContactInput } from '../generated/operations.js';
import { NOW } from './engine.js';
import type { TestGateway } from './gateway.js';

const FOLDER = new URL('../../schema/operations/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

/** An operation of schema/operations, as it is written. */
export const operationText = (name: string): string => read(`${name}.graphql`);

/** The variables that it is written with, their times counted from an instant. */
export function operationVariables<Variables>(name: string, now: number): Variables {
  return JSON.parse(resolveRelativeTimes(read(`${name}.variables.json`), new Date(now))) as Variables;
}

/** Runs an operation as it is written, with the variables that it is written with, or with others. */
export async function runOperation<Result>(
  gateway: TestGateway,
  name: string,
  variables: object,
): Promise<FormattedExecutionResult<Result>> {
  const response = await gateway.post({ query: operationText(name), variables });
  if (response.status !== 200) throw new Error(`Expected status 200, but got ${response.status}`);
  return (await response.json()) as FormattedExecutionResult<Result>;
}

/** The input of a creation as it is written, with other members where the test is about them. */
export function operationInput(
  name: string,
  now: number,
  members: Partial<CreateTaskContactInput> = {},
): { readonly input: CreateTaskContactInput } {
  const { input } = operationVariables<{ input: CreateTaskContactInput }>(name, now);
  return { input: { ...input, ...members } };
}

/** Creates by an operation as it is written, with other members where the test is about them. */
export async function createAsWritten<Result extends { createTaskContact: unknown }>(
  gateway: TestGateway,
  name: string,
  members: Partial<CreateTaskContactInput> = {},
): Promise<Result['createTaskContact']> {
  const result = await runOperation<Result>(gateway, name, operationInput(name, NOW, members));
  if (result.errors) throw new Error(JSON.stringify(result.errors));
  return result.data?.createTaskContact;
}
