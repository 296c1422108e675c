import { useId } from 'react';

const INPUT_TYPES = {
  NUMBER: 'number',
  URL: 'url',
  EMAIL: 'email',
  DATE_TIME: 'datetime-local',
  SCHEDULED_TIME: 'datetime-local',
};

const MULTILINE = ['DESCRIPTION', 'TEXT_AREA'];

/** The choices of a field; undefined if any text can be entered. */
function optionsOf({ type, options }) {
  return type === 'BOOLEAN' ? ['true', 'false'] : (options ?? undefined);
}

/** A field of a task template as an input, with its description and the violations of its last value. */
export function Field({ field, value, messages, onChange }) {
  const id = useId();
  const { name, type, description, required, readOnly } = field;
  const options = optionsOf(field);
  const shared = {
    id,
    value,
    required,
    'aria-describedby': `${id}-about`,
    'aria-invalid': messages.length > 0,
    onChange: (event) => onChange(event.target.value),
  };
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {name}
        {required && <span> (required)</span>}
      </label>
      {options && !readOnly ? (
        <select {...shared}>
          <option value="">{required ? 'Choose' : 'None'}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : MULTILINE.includes(type) ? (
        <textarea rows={3} readOnly={readOnly} {...shared} />
      ) : (
        <input type={INPUT_TYPES[type] ?? 'text'} step="any" readOnly={readOnly} {...shared} />
      )}
      <div id={`${id}-about`}>
        {readOnly && <small>The template sets it.</small>}
        {description && <small>{description}</small>}
        {messages.map((message) => (
          <p key={message} role="alert">
            {message}
          </p>
        ))}
      </div>
    </div>
  );
}
