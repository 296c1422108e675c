/**
 * The test kit: Amazon Connect's tasks in the memory of a test, by the rules of the API.
 *
 * @module
 */
export { type Connect, type ConnectOptions, type Controls, createConnect, type Snapshot } from './create-connect.js';
export type { Instant, Span, TestClock } from './clock.js';
export type { GraphQl } from './graphql.js';
export type { Fault, FaultKind } from '../controls/faults.js';
