import tour from '../schema/operations/tour.json';
import { summaryOf, titleOf } from './operation-text.js';

const queries = import.meta.glob('../schema/operations/*.graphql', { query: '?raw', import: 'default', eager: true });
const variables = import.meta.glob('../schema/operations/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * @typedef {object} ReadyOperation
 * @property {string} name the file's name
 * @property {string} title the operation's name
 * @property {string} summary one line
 * @property {string} query
 * @property {string} variables may hold placeholders for times and for the id of a task
 */

function ready(name) {
  const query = queries[`../schema/operations/${name}.graphql`];
  return {
    name,
    title: titleOf(query),
    summary: summaryOf(query),
    query,
    variables: variables[`../schema/operations/${name}.variables.json`],
  };
}

/**
 * The operations of schema/operations by topic.
 *
 * @type {{ topic: string, operations: ReadyOperation[] }[]}
 */
export const topics = tour.map(({ topic, operations }) => ({ topic, operations: operations.map(ready) }));

/** All operations, in the order of the tour. */
export const readyOperations = topics.flatMap(({ operations }) => operations);

/** @param {string} name the file's name */
export const readyOperation = (name) => readyOperations.find((operation) => operation.name === name);
