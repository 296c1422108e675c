import { editorFont } from './font.js';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { GraphiQL } from 'graphiql';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createFetcher } from './fetcher.js';
import { observable } from './observable.js';
import { readyTabs } from './ready-tabs.js';
import { prefixedStorage } from './storage.js';
import { openTabs } from './tabs.js';

// The key under which GraphiQL itself keeps its tabs.
const TABS = 'graphiql:tabState';
const SEEN = 'seenReadyTabs';

const storage = prefixedStorage('connect-task-gateway:');

function read(key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

/** Storage that is full or denied costs the memory of the tabs, not the page. */
function remember(key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch (error) {
    console.warn('The tabs could not be stored.', error);
  }
}

/** What to do about a schema that did not arrive; null if it did. */
const advice = observable(null);

function SchemaAdvice() {
  const text = useSyncExternalStore(advice.subscribe, advice.get);
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
      Welcome to the <strong>Connect task gateway</strong>: it creates and follows Amazon Connect task contacts. Each
      tab is an operation that is ready to run; its comment says what it shows. If the gateway asks for a token, put{' '}
      <code>{'{ "Authorization": "Bearer …" }'}</code> into Headers of one tab: it serves all of them.
    </p>
  );
}

async function open() {
  const { tabs, activeTabIndex } = openTabs({ stored: read(TABS), seen: read(SEEN) ?? [], ready: readyTabs });
  remember(TABS, { tabs, activeTabIndex });
  remember(
    SEEN,
    readyTabs.map(({ name }) => name),
  );

  // The page's own path has the prefix of a proxy, if there is one.
  const fetcher = createFetcher(location.pathname, advice.set);
  await editorFont;
  createRoot(document.getElementById('root')).render(
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={tabs}
      initialQuery={tabs[activeTabIndex].query ?? ''}
      initialVariables={tabs[activeTabIndex].variables ?? ''}
      schemaDescription
      inputValueDeprecation
    >
      <GraphiQL.Logo>Connect task gateway</GraphiQL.Logo>
      <GraphiQL.Footer>
        <SchemaAdvice />
        <Welcome />
      </GraphiQL.Footer>
    </GraphiQL>,
  );
}

void open();
