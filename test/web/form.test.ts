import { describe, expect, it } from '@jest/globals';
import { inputOf, messagesByField } from '../../web/form/input.js';

const field = (name: string, type: string, readOnly = false) => ({ name, type, readOnly });
const template = {
  id: 'template',
  fields: [
    field('Title', 'NAME'),
    field('About', 'DESCRIPTION'),
    field('Start', 'SCHEDULED_TIME'),
    field('Customer', 'TEXT'),
    field('Callback', 'URL'),
    field('Due', 'DATE_TIME'),
    field('Source', 'TEXT', true),
  ],
};

describe('The form of a task template', () => {
  it('becomes the members and references of an input', () => {
    const values = {
      Title: 'Renew',
      About: 'Soon',
      Start: '2026-03-01T12:00:00Z',
      Customer: 'Example Ltd',
      Callback: 'https://crm.example.com',
      Due: '2026-03-02T00:00:00Z',
      Source: 'web',
    };
    expect(inputOf(template, values)).toEqual({
      name: 'Renew',
      description: 'Soon',
      scheduledTime: '2026-03-01T12:00:00.000Z',
      flow: { taskTemplateId: 'template' },
      references: [
        { name: 'Customer', type: 'STRING', value: 'Example Ltd' },
        { name: 'Callback', type: 'URL', value: 'https://crm.example.com' },
        { name: 'Due', type: 'DATE', value: '1772409600' },
      ],
    });
  });

  it('leaves out what is empty, but the name, which an input requires', () => {
    expect(inputOf(template, { Customer: '' })).toEqual({
      name: '',
      flow: { taskTemplateId: 'template' },
      references: [],
    });
  });

  it('sends a time that cannot be read as it is, so that the gateway reports it', () => {
    expect(inputOf(template, { Due: 'soon' })).toMatchObject({ references: [{ name: 'Due', value: 'soon' }] });
  });

  it('shows each violation at its field, and others beside it', () => {
    const input = { references: [{ name: 'Callback' }] };
    const errors = [
      { message: 'Expected a URL.', path: ['input', 'references', '0', 'value'] },
      { message: 'The template requires "Customer".', path: ['input', 'references'] },
      { message: 'The name is too long.', path: ['input', 'name'] },
      { message: 'The template is inactive.', path: ['input', 'flow', 'taskTemplateId'] },
      { message: 'Too many tasks.', path: null },
    ];
    expect(messagesByField(template, input, errors)).toEqual({
      byField: {
        Callback: ['Expected a URL.'],
        Customer: ['The template requires "Customer".'],
        Title: ['The name is too long.'],
      },
      others: ['The template is inactive.', 'Too many tasks.'],
    });
  });
});
