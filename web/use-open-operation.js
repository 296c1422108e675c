import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { known } from './explorer.js';
import { resolveRelativeTimes } from './relative-times.js';
import { TASK_PLACEHOLDER, withKnownIds } from './sample-ids.js';

/** Below this width a plugin covers the editors, in pixels. The style sheet has the same. */
const NARROW = '(max-width: 700px)';

/** Whether a plugin and the editors do not fit beside each other. */
export const isNarrow = () => matchMedia(NARROW).matches;

/**
 * Returns a function that shows an operation in the editors: in its tab if it has one, else in a new one. Variables that
 * the user edited stay, unless `variables` are the point, as for a contact that was clicked.
 */
export function useOpenOperation() {
  const { addTab, changeTab, setOperationName, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor'),
  );
  return ({ title, query, variables: template }, { isNewVariables = false, staysOpen = false } = {}) => {
    const filled = isNewVariables ? template : withKnownIds({ title, variables: template }, known.get());
    const variables = resolveRelativeTimes(filled);
    const index = tabs.findIndex((tab) => tab.title === title);
    if (index < 0) {
      addTab();
      queryEditor.setValue(query);
      variableEditor.setValue(variables);
      updateActiveTabValues({ query, variables });
      // The editor reads the name a moment later.
      setOperationName(title);
    } else {
      if (index !== activeTabIndex) changeTab(index);
      if (isNewVariables || variableEditor.getValue().includes(TASK_PLACEHOLDER)) {
        variableEditor.setValue(variables);
        updateActiveTabValues({ variables });
      }
    }
    if (isNarrow() && !staysOpen) setVisiblePlugin(null);
  };
}
