import { useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { lastRun } from '../explorer.js';
import { FormIcon } from '../icons.jsx';
import { readyOperation } from '../ready-operations.js';
import { useObservable } from '../use-observable.js';
import { useOpenOperation } from '../use-open-operation.js';
import { Field } from './field.jsx';
import './form.css';
import { inputOf, messagesByField } from './input.js';
import { useTemplates } from './use-templates.js';

const NO_MESSAGES = { byField: {}, others: [] };

function Form() {
  const [id, setId] = useState(null);
  const { templates, template, problem } = useTemplates(id);
  return (
    <section className="panel form" aria-label="Form">
      <h2>Form</h2>
      <p>Choose a task template. What you enter is filled into the variables of CreateWithTaskTemplate.</p>
      <select aria-label="Task template" value={id ?? ''} onChange={(event) => setId(event.target.value || null)}>
        <option value="">Choose a task template</option>
        {templates.map(({ id: value, name, status }) => (
          <option key={value} value={value}>
            {name ?? value}
            {status === 'INACTIVE' && ' (inactive)'}
          </option>
        ))}
      </select>
      {problem && <p role="alert">{problem}</p>}
      {template && <Fields key={template.id} template={template} />}
    </section>
  );
}

/** The errors of the last creation from a template, and the task that it created. */
function useOutcome(template) {
  const { result, operation } = useObservable(lastRun) ?? {};
  const input = operation?.variables?.input;
  if (input?.flow?.taskTemplateId !== template.id) return NO_MESSAGES;
  const { contact, errors = [] } = result.data?.createTaskContact ?? {};
  return { ...messagesByField(template, input, errors), created: contact?.id };
}

function Fields({ template }) {
  const open = useOpenOperation();
  const { run } = useGraphiQLActions();
  const fields = template.fields ?? [];
  const [values, setValues] = useState(() =>
    Object.fromEntries(fields.map(({ name, defaultValue }) => [name, defaultValue ?? ''])),
  );
  const { byField, others, created } = useOutcome(template);

  function fill(next) {
    const variables = JSON.stringify({ input: inputOf({ ...template, fields }, next) }, null, 2);
    open({ ...readyOperation('create-with-task-template'), variables }, { isNewVariables: true, staysOpen: true });
  }

  function change(name, value) {
    const next = { ...values, [name]: value };
    setValues(next);
    fill(next);
  }

  function submit(event) {
    event.preventDefault();
    fill(values);
    void run();
  }

  return (
    // The gateway validates: its messages are what the form shows.
    <form noValidate onSubmit={submit}>
      {template.description && <p>{template.description}</p>}
      {fields
        .filter(({ invisible }) => !invisible)
        .map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name]}
            messages={byField[field.name] ?? []}
            onChange={(value) => change(field.name, value)}
          />
        ))}
      {others.map((message) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
      <button type="submit">Create task</button>
      <p role="status">{created && `Created ${created}.`}</p>
    </form>
  );
}

/** GraphiQL's plugin that shows a task template as a form. */
export const formPlugin = { title: 'Form', icon: FormIcon, content: Form };
