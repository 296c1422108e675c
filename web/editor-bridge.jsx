import { pick, useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { buildClientSchema } from 'graphql';
import { useEffect } from 'react';
import { introspection, replacedId } from './explorer.js';
import { useObservable } from './use-observable.js';

/** Keeps GraphiQL's editors in step with what the page knows. Renders nothing. */
export function EditorBridge() {
  useWholeSchema();
  useReplacedId();
  return null;
}

/** Lets the editor know federation's fields too, which the documentation leaves out: a query of them is valid. */
function useWholeSchema() {
  const { monacoGraphQL } = useMonaco();
  const { schema } = useGraphiQL(pick('schema'));
  const result = useObservable(introspection);
  // `schema` is a dependency, because GraphiQL hands its own to the editor when it changes, before this effect.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!monacoGraphQL || !result?.data?.__schema) return;
    monacoGraphQL.setSchemaConfig([{ uri: 'schema.graphql', schema: buildClientSchema(result.data) }]);
  }, [monacoGraphQL, result, schema]);
}

/** Shows the id of the task that an operation was sent with in its variables. */
function useReplacedId() {
  const { updateActiveTabValues } = useGraphiQLActions();
  const { variableEditor } = useGraphiQL(pick('variableEditor'));
  const replaced = useObservable(replacedId);
  useEffect(() => {
    if (!replaced || !variableEditor) return;
    const variables = variableEditor.getValue().replaceAll(replaced.from, replaced.to);
    variableEditor.setValue(variables);
    updateActiveTabValues({ variables });
  }, [replaced, updateActiveTabValues, variableEditor]);
}
