import { pick, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import './tour.css';
import { TourIcon } from '../icons.jsx';
import { topics } from '../ready-operations.js';
import { useOpenOperation } from '../use-open-operation.js';
import { searchTour } from './search.js';

function Tour() {
  const [text, setText] = useState('');
  const open = useOpenOperation();
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'));
  const current = tabs[activeTabIndex]?.title;
  const found = searchTour(topics, text);
  return (
    <section className="panel tour" aria-label="Tour">
      <h2>Tour</h2>
      <p>Each operation is ready to run. One that needs a task takes the last one that you created, or creates one.</p>
      <input
        type="search"
        aria-label="Search operations"
        placeholder="Search operations"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.map(({ topic, operations }) => (
        <section key={topic}>
          <h3>{topic}</h3>
          <ul>
            {operations.map((operation) => (
              <li key={operation.name}>
                <button
                  type="button"
                  aria-current={operation.title === current ? 'true' : undefined}
                  onClick={() => open(operation)}
                >
                  <strong>{operation.title}</strong>
                  <span>{operation.summary}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p role="status">{found.length === 0 && 'No operation matches. Search for a shorter word.'}</p>
    </section>
  );
}

/** GraphiQL's plugin that lists the ready operations by topic. */
export const tourPlugin = { title: 'Tour', icon: TourIcon, content: Tour };
