import { editorFont } from './font.js';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import './panel.css';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { chainPlugin } from './chain/chain.jsx';
import { EditorBridge } from './editor-bridge.jsx';
import { advice, fetcher } from './explorer.js';
import { formPlugin } from './form/form.jsx';
import { recall, remember, storage } from './memory.js';
import { readyOperation, readyOperations } from './ready-operations.js';
import { openTabs } from './tabs.js';
import { tourPlugin } from './tour/tour.jsx';
import { isNarrow } from './use-open-operation.js';
import { useObservable } from './use-observable.js';

// The key under which GraphiQL itself keeps its tabs.
const TABS = 'graphiql:tabState';

/** The operations in the tabs of the first visit. */
const FIRST = ['create-with-contact-flow', 'continue-chain', 'follow-tasks'];

const plugins = [tourPlugin, chainPlugin, formPlugin, HISTORY_PLUGIN];

function SchemaAdvice() {
  const text = useObservable(advice);
  return (
    text && (
      <p className="schema-advice" role="alert">
        {text}
      </p>
    )
  );
}

function Welcome() {
  return (
    <p className="welcome">
      Welcome to the <strong>Connect task gateway</strong>: it creates and follows Amazon Connect task contacts. Choose
      an operation in the Tour on the left and press the play button. If the gateway asks for a token, put{' '}
      <code>{'{ "Authorization": "Bearer …" }'}</code> into Headers of one tab: it serves all of them.
    </p>
  );
}

async function open() {
  const { tabs, activeTabIndex } = openTabs({
    stored: recall(TABS),
    first: FIRST.map(readyOperation),
    ready: readyOperations,
  });
  remember(TABS, { tabs, activeTabIndex });
  await editorFont;
  createRoot(document.getElementById('root')).render(
    <>
      <a className="skip-link" href="#graphiql-session">
        Skip to the editor
      </a>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={plugins}
        visiblePlugin={isNarrow() ? undefined : tourPlugin}
        defaultTabs={tabs}
        initialQuery={tabs[activeTabIndex].query ?? ''}
        initialVariables={tabs[activeTabIndex].variables ?? ''}
        schemaDescription
        inputValueDeprecation
      >
        <GraphiQL.Logo>
          <h1>Connect task gateway</h1>
        </GraphiQL.Logo>
        <GraphiQL.Footer>
          <SchemaAdvice />
          <Welcome />
        </GraphiQL.Footer>
        <EditorBridge />
      </GraphiQL>
    </>,
  );
}

void open();
