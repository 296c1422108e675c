import { lastRun } from '../explorer.js';
import { ChainIcon } from '../icons.jsx';
import { readyOperation } from '../ready-operations.js';
import { useObservable } from '../use-observable.js';
import { useOpenOperation } from '../use-open-operation.js';
import './chain.css';
import { subjectOf } from './subject.js';
import { treeOf } from './tree.js';
import { useChain } from './use-chain.js';

function Chain() {
  const subject = subjectOf(useObservable(lastRun)?.result);
  const { chain, isLive, problem } = useChain(subject);
  return (
    <section className="panel chain" aria-label="Chain">
      <h2>Chain</h2>
      {subject === null && (
        <p>Run an operation that returns a contact or a chain, such as ContinueChain: its chain is drawn here.</p>
      )}
      {problem && <p role="alert">{problem}</p>}
      {chain && (
        <>
          <p role="status">
            {isLive ? 'Live: redrawn after each change.' : 'Not live: run an operation to draw it again.'}
          </p>
          <Room chain={chain} />
          <h3>Contacts</h3>
          <Branch nodes={treeOf(chain.contacts ?? [])} subject={subject} />
          <Attributes attributes={chain.sharedAttributes ?? []} />
        </>
      )}
    </section>
  );
}

function Room({ chain }) {
  return (
    <dl className="chain-room">
      <Filled label="Linked tasks" value={chain.linkedTaskCount} limit={chain.linkedTaskLimit} />
      <Filled label="Bytes of attributes" value={chain.attributeBytes} limit={chain.attributeBytesLimit} />
    </dl>
  );
}

function Filled({ label, value, limit }) {
  const isFull = value >= limit;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <meter aria-label={label} value={value ?? 0} max={limit} high={limit * 0.8} optimum={0} />
        {value === null ? 'unknown' : `${value.toLocaleString('en')} of ${limit.toLocaleString('en')}`}
        {isFull && <strong> full</strong>}
      </dd>
    </div>
  );
}

function Branch({ nodes, subject }) {
  const open = useOpenOperation();
  const show = (id) =>
    open({ ...readyOperation('contact-by-id'), variables: JSON.stringify({ id }, null, 2) }, { isNewVariables: true });
  return (
    <ul>
      {nodes.map(({ contact: { id, channel, name, state }, children }) => (
        <li key={id}>
          <button type="button" aria-current={id === subject ? 'true' : undefined} onClick={() => show(id)}>
            <span className="chain-state" data-state={state}>
              {(state ?? 'unknown').replaceAll('_', ' ').toLowerCase()}
            </span>
            <strong>{name || `${channel ?? 'Contact'}`.toLowerCase()}</strong>
            <code>{id}</code>
          </button>
          {children.length > 0 && <Branch nodes={children} subject={subject} />}
        </li>
      ))}
    </ul>
  );
}

function Attributes({ attributes }) {
  return (
    <>
      <h3>Shared attributes</h3>
      {attributes.length === 0 ? (
        <p>None.</p>
      ) : (
        <dl className="chain-attributes">
          {attributes.map(({ key, value }) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** GraphiQL's plugin that draws the chain of the last answer as a tree. */
export const chainPlugin = { title: 'Chain', icon: ChainIcon, content: Chain };
