import { describe, expect, it } from '@jest/globals';
import type { CallOptions, Connect } from '../../../src/connect/connect.js';
import { InternalServiceError, InvalidRequestError } from '../../../src/connect/errors.js';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import type { TaskTemplate } from '../../../src/connect/task-template.js';
import { catalogCached } from '../../../src/policies/around-port/catalog-cache.js';
import { templateChecked } from '../../../src/policies/around-port/template-check.js';
import type { TemplateReading } from '../../../src/validation/requests/template-values.js';
import { openTestAws } from '../../support/aws.js';
import { MINUTE, NOW, refusal, request, SAMPLE, SECOND, UNKNOWN_ID } from '../../support/engine.js';
import { portWith } from '../../support/port.js';

const { instanceId, taskTemplate } = SAMPLE;
const TEMPLATE = taskTemplate.withRequiredFields;
const CUSTOMER = { name: 'Customer', type: 'STRING', value: 'Example Ltd' };

/** A port before which creations are validated by templates, as a gateway has it. */
function checked(
  port: Connect,
  reading: TemplateReading,
  parts: { now?: () => number; after?: () => AbortSignal } = {},
) {
  const { now = () => NOW, after } = parts;
  const { connect, template } = catalogCached(port, { ttlMs: MINUTE, now });
  return templateChecked(connect, { template, reading, now, ...(after && { after }) });
}

/** A request by the template of the sample that has required fields. */
function byTemplate(members: Partial<StartTaskContactRequest> = {}): StartTaskContactRequest {
  return request({ taskTemplateId: TEMPLATE, references: [CUSTOMER], ...members });
}

/** Over the adapter, with the template as a test has it from time to time. */
async function openChanging() {
  const aws = await openTestAws();
  const clock = { now: NOW };
  const [real] = (await aws.connect.getTaskTemplates({
    instanceId,
    taskTemplateIds: [TEMPLATE],
  })) as readonly TaskTemplate[];
  const state: { template: TaskTemplate | null | Error | 'hangs'; reads: number } = {
    template: real as TaskTemplate,
    reads: 0,
  };
  const port = portWith(aws.connect, {
    async getTaskTemplates(_instanceId, _ids, options: CallOptions = {}) {
      state.reads++;
      if (state.template !== 'hangs') return [state.template as TaskTemplate];
      return new Promise((_, reject) =>
        options.signal?.addEventListener('abort', () => reject(new InternalServiceError())),
      );
    },
  });
  aws.calls();
  return {
    aws,
    clock,
    state,
    real: real as TaskTemplate,
    port,
    now: () => clock.now,
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}

const withFields = (template: TaskTemplate, required: boolean): TaskTemplate => ({
  ...template,
  fields: template.fields.map((field) => (field.name === 'Customer' ? { ...field, required } : field)),
});

describe('A creation by a task template', () => {
  it.each([
    ['a required field is missing', { references: [] }, 'engine/template-required-field'],
    ['a required field is empty', { references: [{ ...CUSTOMER, value: '' }] }, 'engine/template-field-value'],
    ['the name is left empty', { name: '' }, 'engine/template-required-field'],
    [
      'a choice is none',
      { references: [CUSTOMER, { name: 'Priority', type: 'STRING', value: 'Urgent' }] },
      'engine/template-field-value',
    ],
    [
      'a read-only field is changed',
      { references: [CUSTOMER, { name: 'Source', type: 'STRING', value: 'phone' }] },
      'engine/template-read-only-field',
    ],
    ['the template is inactive', { taskTemplateId: taskTemplate.inactive }, 'api/task-template-active'],
    ['the template has no flow', { taskTemplateId: taskTemplate.withoutFlow }, 'api/task-template-has-flow'],
  ])('is refused before the call, as the engine refuses it, where %s', async (_what, members, rule) => {
    await using aws = await openTestAws();
    const wanted = byTemplate(members);
    const refused = await refusal(checked(aws.connect, 'stated').startTaskContact(wanted));
    expect(refused).toBeInstanceOf(InvalidRequestError);
    expect(refused).toMatchObject({ violations: [{ rule }] });
    expect(refused).toEqual(await refusal(aws.wire.test.engine.startTaskContact(wanted)));
    expect(aws.calls()).toEqual(['GetTaskTemplate']);
  });

  it.each([
    ['a type', { name: 'Callback', type: 'STRING', value: 'https://example.com' }, 'engine/template-field-type'],
    ['a format', { name: 'Callback', type: 'URL', value: 'no address' }, 'engine/template-field-value'],
  ])('is validated by the engine’s own reading of %s only on request', async (_what, reference, rule) => {
    await using aws = await openTestAws();
    let creations = 0;
    const port = portWith(aws.connect, {
      async startTaskContact() {
        creations++;
        return { contactId: UNKNOWN_ID };
      },
    });
    const wanted = byTemplate({ references: [CUSTOMER, reference] });
    expect(await checked(port, 'stated').startTaskContact(wanted)).toEqual({ contactId: UNKNOWN_ID });
    expect(await refusal(checked(port, 'engine').startTaskContact(wanted))).toMatchObject({ violations: [{ rule }] });
    expect(creations).toBe(1);
  });

  it('passes on a valid creation unchanged, and reads the template once', async () => {
    await using aws = await openTestAws();
    const connect = checked(aws.connect, 'stated');
    for (let task = 0; task < 3; task++) await connect.startTaskContact(byTemplate());
    await connect.startTaskContact(request());
    expect(aws.calls()).toEqual(['GetTaskTemplate', ...Array(4).fill('StartTaskContact')]);
  });

  it('is not refused by a template that has changed since it was kept', async () => {
    await using test = await openChanging();
    const connect = checked(test.port, 'stated', test);
    await connect.startTaskContact(byTemplate());
    test.clock.now += 3 * SECOND;
    test.state.template = withFields(test.real, false);
    // The service goes by the template as it is there, and has the last word.
    const refused = await refusal(connect.startTaskContact(byTemplate({ references: [] })));
    expect(refused).toMatchObject({ violations: [{ rule: 'api/service-refused' }] });
    expect(test.state.reads).toBe(2);
    expect(test.aws.calls()).toEqual(['StartTaskContact', 'StartTaskContact']);
  });

  it.each([
    ['is not there', null],
    ['cannot be read', new InternalServiceError()],
    ['does not come in time', 'hangs' as const],
  ])('goes on where the template %s', async (_what, template) => {
    await using test = await openChanging();
    test.state.template = template;
    const patience = new AbortController();
    const connect = checked(test.port, 'stated', { now: test.now, after: () => patience.signal });
    const creation = connect.startTaskContact(byTemplate());
    patience.abort();
    expect(await creation).toMatchObject({ contactId: expect.any(String) });
  });

  it('asks for a template that is to come within a second, and within the caller’s own deadline', async () => {
    await using aws = await openTestAws();
    const deadlines: (number | undefined)[] = [];
    const port = portWith(aws.connect, {
      getTaskTemplates(request, options) {
        deadlines.push(options?.deadline);
        return aws.connect.getTaskTemplates(request, options);
      },
    });
    await checked(port, 'stated').startTaskContact(byTemplate());
    await checked(port, 'stated').startTaskContact(byTemplate(), { deadline: NOW + 100 });
    expect(deadlines).toEqual([NOW + SECOND, NOW + 100]);
  });
});

describe('With a client token', () => {
  it('answers a repeat with the first contact, however the template changed', async () => {
    await using test = await openChanging();
    const connect = checked(test.port, 'stated', test);
    const wanted = byTemplate({ clientToken: 'once' });
    test.state.template = withFields(test.real, false);
    const { contactId } = await connect.startTaskContact(wanted);
    test.state.template = { ...test.real, status: 'INACTIVE' };
    test.clock.now += 10 * MINUTE;
    expect(await connect.startTaskContact(wanted)).toMatchObject({ contactId });
    expect(test.state.reads).toBe(0);
  });

  it('checks the template first for a token that was made for this call', async () => {
    await using aws = await openTestAws();
    const wanted = byTemplate({ clientToken: 'made here', references: [] });
    const refused = await refusal(checked(aws.connect, 'stated').startTaskContact(wanted, { hasNewToken: true }));
    expect(refused).toMatchObject({ violations: [{ rule: 'engine/template-required-field' }] });
    expect(aws.calls()).toEqual(['GetTaskTemplate']);
  });

  it("reports the service's refusals field by field", async () => {
    await using aws = await openTestAws();
    const connect = checked(aws.connect, 'stated');
    const wanted = byTemplate({ clientToken: 'wrong', references: [] });
    const refused = await refusal(connect.startTaskContact(wanted));
    expect(refused).toEqual(await refusal(aws.wire.test.engine.startTaskContact({ ...wanted, clientToken: 'other' })));
    expect(aws.calls()).toEqual(['StartTaskContact', 'GetTaskTemplate']);
  });

  it('reports what the template does not explain in the service’s words', async () => {
    await using aws = await openTestAws();
    const connect = checked(aws.connect, 'stated');
    const wanted = byTemplate({ clientToken: 'past', scheduledTime: new Date(NOW - MINUTE) });
    expect(await refusal(connect.startTaskContact(wanted))).toMatchObject({
      violations: [{ rule: 'api/service-refused', path: ['scheduledTime'] }],
    });
  });
});
