import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Reference } from '../../../src/connect/contact.js';
import type { TaskTemplateField } from '../../../src/connect/task-template.js';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { flawOfValue } from '../../../src/validation/requests/template-values.js';
import { MINUTE, NOW, openTestEngine, refusal, SAMPLE } from '../../support/engine.js';
import { field, taskTemplate } from '../../support/resources.js';

const taskTemplateId = SAMPLE.taskTemplate.withRequiredFields;
const text = (name: string, value: string): Reference => ({ name, type: 'STRING', value });

/** An engine with one more template. */
function withTemplate(...fields: TaskTemplateField[]) {
  return openTestEngine({ content: { taskTemplates: [taskTemplate('t', fields)] } });
}

/** What is wrong with a request, as rule and path. */
async function brokenRules(promise: Promise<unknown>): Promise<readonly (readonly [string, string])[]> {
  const error = await refusal(promise);
  expect(error.code).toBe('InvalidRequestException');
  return 'violations' in error ? error.violations.map(({ rule, path }) => [rule, path.join('.')] as const) : [];
}

describe('A task template', () => {
  it('fills in its defaults, beside what the request brings', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ taskTemplateId, references: [text('Customer', 'Doe'), text('Other', 'kept')] });
    expect((await test.contact(id)).references).toEqual([
      text('Customer', 'Doe'),
      text('Other', 'kept'),
      text('Priority', 'Normal'),
      text('Source', 'web'),
    ]);
  });

  it('leaves its defaults where the request brings values', async () => {
    await using test = await openTestEngine();
    const references = [text('Source', 'web'), text('Priority', 'High'), text('Customer', 'Doe')];
    const id = await test.start({ taskTemplateId, references });
    expect((await test.contact(id)).references).toEqual(references);
  });

  it('reports everything that is wrong with its fields at once, each with its path', async () => {
    await using test = await openTestEngine();
    const references = [
      { name: 'Callback', type: 'STRING', value: 'https://example.com' },
      text('Priority', 'Urgent'),
      text('Source', 'phone'),
    ];
    const error = await refusal(test.start({ taskTemplateId, name: '', references }));
    expect(error).toMatchObject({
      code: 'InvalidRequestException',
      violations: [
        { rule: 'engine/template-required-field', path: ['name'], actual: 'none for the field "Name"' },
        { rule: 'engine/template-required-field', path: ['references'], actual: 'none for the field "Customer"' },
        {
          rule: 'engine/template-field-type',
          path: ['references', 0, 'type'],
          actual: 'STRING for "Callback", which takes URL',
        },
        {
          rule: 'engine/template-field-value',
          path: ['references', 1, 'value'],
          actual: '"Urgent": the field "Priority" takes one of Low, Normal, High',
        },
        {
          rule: 'engine/template-read-only-field',
          path: ['references', 2, 'value'],
          actual: '"phone" in "Source", which is "web"',
        },
      ],
    });
    for (const name of ['Name', 'Customer', 'Callback', 'Priority', 'Source']) expect(error.message).toContain(name);
  });

  it('does not take an empty value for a required field', async () => {
    await using test = await openTestEngine();
    const references = [text('Customer', '')];
    expect(await brokenRules(test.start({ taskTemplateId, references }))).toEqual([
      ['engine/template-field-value', 'references.0.value'],
    ]);
  });

  it('does not take a required field’s empty default for a value', async () => {
    await using test = await withTemplate(
      field('Name', 'NAME', { required: true, defaultValue: '' }),
      field('Note', 'TEXT', { required: true, defaultValue: '' }),
    );
    expect(await brokenRules(test.start({ taskTemplateId: 't', name: '' }))).toEqual([
      ['engine/template-required-field', 'name'],
      ['engine/template-required-field', 'references'],
    ]);
  });

  it('is reported to the contact that came from it, and leaves contacts without one alone', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ taskTemplateId: SAMPLE.taskTemplate.withFlow });
    expect(test.rows('select taskTemplateId from contact where id = ?', id)).toEqual([
      { taskTemplateId: SAMPLE.taskTemplate.withFlow },
    ]);
    expect((await test.contact(id)).references).toEqual([]);
  });
});

describe('A task template’s field', () => {
  it.each([
    ['TEXT', 511],
    ['TEXT_AREA', 4095],
  ] as const)('accepts as type %s a value of %i characters, and no more', (type, max) => {
    fc.assert(
      fc.property(fc.constantFrom('v', 'é', '😀'), fc.integer({ min: -2, max: 2 }), (character, off) => {
        const flaw = flawOfValue(field('N', type), character.repeat(max + off));
        expect(flaw).toBe(off > 0 ? `the field "N" takes at most ${max} characters` : undefined);
      }),
    );
  });

  it('refuses a longer value of type TEXT in a task, with its path', async () => {
    await using test = await withTemplate(field('Name', 'NAME', { required: true }), field('N', 'TEXT'));
    const start = (length: number) =>
      test.start({ taskTemplateId: 't', name: 'n', references: [text('N', 'v'.repeat(length))] });
    await start(511);
    expect(await brokenRules(start(512))).toEqual([['engine/template-field-value', 'references.0.value']]);
  });

  it('refuses defaults that make the references of a task too large', async () => {
    await using test = await withTemplate(
      field('Name', 'NAME', { required: true }),
      field('N', 'TEXT_AREA', { defaultValue: 'v'.repeat(3000) }),
    );
    const start = (length: number) =>
      test.start({ taskTemplateId: 't', name: 'n', references: [text('M', 'v'.repeat(length))] });
    await start(1094);
    expect(await brokenRules(start(1095))).toEqual([['api/references-bytes', 'references']]);
  });

  it('has no expiry for an empty default, so that the task ends by the usual time', async () => {
    await using test = await withTemplate(
      field('Name', 'NAME'),
      field('Ends', 'EXPIRY_DURATION', { defaultValue: '' }),
    );
    const { expiresAt } = await test.contact(await test.start({ taskTemplateId: 't' }));
    expect(expiresAt).toEqual(new Date(NOW + 10_080 * MINUTE));
  });

  it.each<[TaskTemplateField['type'], Reference, Reference, Reference]>([
    [
      'URL',
      { name: 'F', type: 'URL', value: 'https://example.com' },
      text('F', 'https://example.com'),
      { name: 'F', type: 'EMAIL', value: 'a@b' },
    ],
    ['NUMBER', { name: 'F', type: 'NUMBER', value: '-1.5' }, text('F', '1'), { name: 'F', type: 'DATE', value: '1' }],
    ['EMAIL', { name: 'F', type: 'EMAIL', value: 'a@b' }, text('F', 'a@b'), { name: 'F', type: 'NUMBER', value: '1' }],
    ['DATE_TIME', { name: 'F', type: 'DATE', value: '1' }, text('F', '1'), { name: 'F', type: 'NUMBER', value: '1' }],
    [
      'TEXT',
      text('F', ''),
      { name: 'F', type: 'NUMBER', value: '1' },
      { name: 'F', type: 'URL', value: 'https://a.example' },
    ],
    [
      'TEXT_AREA',
      text('F', 'a\nb'),
      { name: 'F', type: 'NUMBER', value: '1' },
      { name: 'F', type: 'EMAIL', value: 'a@b' },
    ],
    ['BOOLEAN', text('F', 'true'), text('F', 'TRUE'), { name: 'F', type: 'NUMBER', value: '1' }],
    ['SINGLE_SELECT', text('F', 'b'), text('F', 'c'), { name: 'F', type: 'NUMBER', value: '1' }],
  ])('accepts only values of its type %s', async (type, good, bad, alsoBad) => {
    await using test = await withTemplate(field('F', type, { options: ['a', 'b'] }));
    const id = await test.start({ taskTemplateId: 't', references: [good] });
    expect((await test.contact(id)).references).toEqual([good]);
    for (const wrong of [bad, alsoBad]) {
      const [violationOf] = await brokenRules(
        test.start({ taskTemplateId: 't', references: [text('Other', ''), wrong] }),
      );
      expect(violationOf?.[0]).toMatch(/^engine\/template-field-(type|value)$/);
      expect(violationOf?.[1]).toMatch(/^references\.1\.(type|value)$/);
    }
  });

  it.each<[string, TaskTemplateField, Partial<StartTaskContactRequest>, object]>([
    ['NAME', field('F', 'NAME', { defaultValue: 'Standard' }), { name: '' }, { name: 'Standard' }],
    ['NAME', field('F', 'NAME', { defaultValue: 'Standard' }), { name: 'Own' }, { name: 'Own' }],
    ['DESCRIPTION', field('F', 'DESCRIPTION', { defaultValue: 'Standard' }), {}, { description: 'Standard' }],
    [
      'DESCRIPTION',
      field('F', 'DESCRIPTION', { defaultValue: 'Standard' }),
      { description: 'Own' },
      { description: 'Own' },
    ],
    [
      'EXPIRY_DURATION',
      field('F', 'EXPIRY_DURATION', { defaultValue: '5' }),
      {},
      { expiresAt: new Date(NOW + 5 * MINUTE) },
    ],
    [
      'EXPIRY_DURATION',
      field('F', 'EXPIRY_DURATION', { defaultValue: '5' }),
      { expiryMinutes: 6 },
      { expiresAt: new Date(NOW + 6 * MINUTE) },
    ],
    ['TEXT', field('F', 'TEXT', { defaultValue: 'x', invisible: true }), {}, { references: [text('F', 'x')] }],
    ['QUICK_CONNECT', field('F', 'QUICK_CONNECT', { required: true }), {}, { references: [] }],
    ['SELF_ASSIGN', field('F', 'SELF_ASSIGN', { defaultValue: 'x' }), {}, { references: [] }],
  ])('defaults to its default value for type %s', async (_type, templateField, members, reported) => {
    await using test = await withTemplate(templateField);
    expect(await test.contact(await test.start({ taskTemplateId: 't', ...members }))).toMatchObject(reported);
  });

  it.each<[string, Partial<StartTaskContactRequest>, string]>([
    ['NAME', { name: '' }, 'name'],
    ['DESCRIPTION', { description: '' }, 'description'],
    ['SCHEDULED_TIME', {}, 'scheduledTime'],
    ['EXPIRY_DURATION', {}, 'expiryMinutes'],
    ['URL', {}, 'references'],
  ])('requires a value of type %s if the template says so', async (type, members, path) => {
    await using test = await withTemplate(field('F', type as TaskTemplateField['type'], { required: true }));
    expect(await brokenRules(test.start({ taskTemplateId: 't', ...members }))).toEqual([
      ['engine/template-required-field', path],
    ]);
    await test.start({
      taskTemplateId: 't',
      description: 'given',
      scheduledTime: new Date(NOW),
      expiryMinutes: 1,
      references: [{ name: 'F', type: 'URL', value: 'https://example.com' }],
    });
  });

  it.each<[string, string, Partial<StartTaskContactRequest>, Partial<StartTaskContactRequest>, string]>([
    ['NAME', 'Standard', { name: 'Standard' }, { name: 'Own' }, 'name'],
    ['DESCRIPTION', 'Standard', {}, { description: 'Own' }, 'description'],
    ['EXPIRY_DURATION', '60', { expiryMinutes: 60 }, { expiryMinutes: 61 }, 'expiryMinutes'],
    [
      'NUMBER',
      '1',
      { references: [{ name: 'F', type: 'NUMBER', value: '1' }] },
      { references: [{ name: 'F', type: 'NUMBER', value: '1.0' }] },
      'references.0.value',
    ],
  ])('keeps the read-only default of type %s: %s', async (type, defaultValue, allowed, refused, path) => {
    await using test = await withTemplate(
      field('F', type as TaskTemplateField['type'], { readOnly: true, defaultValue }),
    );
    await test.start({ taskTemplateId: 't', name: '', ...allowed });
    expect(await brokenRules(test.start({ taskTemplateId: 't', name: '', ...refused }))).toEqual([
      ['engine/template-read-only-field', path],
    ]);
  });
});
