import order from '../schema/operations/tour.json';

const queries = import.meta.glob('../schema/operations/*.graphql', { query: '?raw', import: 'default', eager: true });
const variables = import.meta.glob('../schema/operations/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * The operations of schema/operations in the order of the tour: what each tab shows when the page is opened for the
 * first time. `variables` may hold placeholders for times.
 *
 * @type {{ name: string, query: string, variables: string }[]}
 */
export const readyTabs = order.map((name) => ({
  name,
  query: queries[`../schema/operations/${name}.graphql`],
  variables: variables[`../schema/operations/${name}.variables.json`],
}));
