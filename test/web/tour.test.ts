import { describe, expect, it } from '@jest/globals';
import { NOTHING_KNOWN, withCreated } from '../../web/known-contacts.js';
import { summaryOf, titleOf } from '../../web/operation-text.js';
import { type Operation, taskFor } from '../../web/prepare.js';
import { TASK_PLACEHOLDER, withKnownIds } from '../../web/sample-ids.js';
import { searchTour } from '../../web/tour/search.js';

describe('An operation of the tour', () => {
  const query = '# Pause a task: it shows as PAUSED\n# then. At most 10 times.\nmutation PauseTask($a: ID!) { a }\n';

  it('has the name and the first sentence of its document', () => {
    expect(titleOf(query)).toBe('PauseTask');
    expect(summaryOf(query)).toBe('Pause a task');
    expect(summaryOf('# One sentence\n# on two lines.\n{ a }')).toBe('One sentence on two lines');
    expect(summaryOf('{ a }')).toBe('');
  });

  it('is found by words of its name, its line and its topic', () => {
    const operations = [
      { title: 'PauseTask', summary: 'Pause a task' },
      { title: 'StopTask', summary: 'End a task' },
    ];
    const topics = [{ topic: 'Change tasks', operations }];
    const found = (text: string) => searchTour(topics, text).flatMap((one) => one.operations.map(({ title }) => title));
    expect(found('')).toEqual(['PauseTask', 'StopTask']);
    expect(found('change END')).toEqual(['StopTask']);
    expect(found('resume')).toEqual([]);
  });
});

describe('The contacts that the page knows', () => {
  const created = (contact: object | null) => ({ data: { createTaskContact: { contact } } });

  it('are those that were created, the last one first', () => {
    const known = ['a', 'b', 'a'].reduce((before, id) => withCreated(before, created({ id })), NOTHING_KNOWN);
    expect(known).toEqual({ tasks: ['a', 'b'], chain: null });
  });

  it('include the chain that was continued last', () => {
    const known = withCreated(NOTHING_KNOWN, created({ id: 'a', previousContact: { id: 'x' } }));
    expect(withCreated(known, created({ id: 'b' }))).toEqual({ tasks: ['b', 'a'], chain: 'a' });
  });

  it('stay the same after a refusal', () => {
    for (const result of [created(null), { data: null }, {}])
      expect(withCreated(NOTHING_KNOWN, result)).toBe(NOTHING_KNOWN);
  });

  it('are filled into the variables of the operations that need them', () => {
    const known = { tasks: ['task'], chain: 'chain' };
    const fill = (title: string, variables: string) => withKnownIds({ title, variables }, known);
    expect(fill('PauseTask', TASK_PLACEHOLDER)).toBe('task');
    expect(fill('TaskPage', '50000000-0000-4000-8000-000000000001')).toBe('task');
    expect(fill('ContactChain', '50000000-0000-4000-8000-000000000001')).toBe('chain');
    expect(fill('ContinueChain', '50000000-0000-4000-8000-000000000001')).toBe('50000000-0000-4000-8000-000000000001');
    expect(withKnownIds({ title: 'PauseTask', variables: TASK_PLACEHOLDER }, NOTHING_KNOWN)).toBe(TASK_PLACEHOLDER);
  });
});

describe('The task that an operation is sent with', () => {
  const allowed: Record<string, string[]> = { paused: ['RESUME', 'STOP'], open: ['PAUSE', 'STOP'], ended: [] };

  /** Sends to a gateway that knows the tasks above, and creates the task `new`. */
  function gateway() {
    const sent: (string | undefined)[] = [];
    const send = async ({ operationName, variables }: Operation) => {
      sent.push(operationName);
      if (operationName !== 'AllowedActions') return { data: { createTaskContact: { contact: { id: 'new' } } } };
      const { ids } = variables as { ids: string[] };
      return { data: { connectContacts: ids.map((id) => ({ id, allowedActions: allowed[id] })) } };
    };
    return { sent, send, ready: (name: string) => ({ operationName: name }) };
  }
  const operation = (operationName: string, contactId: string) => ({
    operationName,
    variables: { input: { contactId } },
  });

  it('is the last known one that allows it, and the present one before others', async () => {
    const known = { tasks: ['ended', 'open', 'paused'], chain: null };
    const find = (name: string, id: string) => taskFor(operation(name, id), { known, ...gateway() });
    expect(await find('PauseTask', TASK_PLACEHOLDER)).toBe('open');
    expect(await find('ResumeTask', 'ended')).toBe('paused');
    expect(await find('StopTask', 'paused')).toBe('paused');
  });

  it('is created if no known one allows it', async () => {
    const { sent, ...tools } = gateway();
    for (const name of ['PauseTask', 'RescheduleTask', 'ResumeTask']) {
      expect(await taskFor(operation(name, TASK_PLACEHOLDER), { known: NOTHING_KNOWN, ...tools })).toBe('new');
    }
    expect(sent).toEqual(['create-with-contact-flow', 'schedule-task', 'create-with-contact-flow', 'pause-task']);
  });

  it('stays what the user entered', async () => {
    const { sent, ...tools } = gateway();
    for (const asked of [operation('PauseTask', 'mine'), { operationName: 'Mine' }, {}]) {
      expect(await taskFor(asked, { known: { tasks: ['open'], chain: null }, ...tools })).toBeUndefined();
    }
    expect(sent).toEqual([]);
  });
});
