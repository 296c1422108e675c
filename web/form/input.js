/** Types of references by the type of a template's field; others are STRING. */
const REFERENCE_TYPES = { URL: 'URL', NUMBER: 'NUMBER', EMAIL: 'EMAIL', DATE_TIME: 'DATE' };

/** Members of the input by the type of a template's field; others are references. */
const MEMBERS = { NAME: 'name', DESCRIPTION: 'description', SCHEDULED_TIME: 'scheduledTime' };

/** A time without a zone, as a browser's input has it, is local. */
function timeOf(type, text) {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  if (type === 'SCHEDULED_TIME') return time.toISOString();
  return type === 'DATE_TIME' ? String(Math.floor(time.getTime() / 1_000)) : text;
}

/**
 * Returns the input that creates a task from a template.
 *
 * @param {{ id: string, fields: { name: string, type: string, readOnly: boolean }[] }} template
 * @param {Readonly<Record<string, string>>} values by the field's name; an empty one is left out
 * @returns {object} a CreateTaskContactInput
 */
export function inputOf({ id, fields }, values) {
  const members = { name: '' };
  const references = [];
  for (const { name, type, readOnly } of fields) {
    const text = values[name] ?? '';
    if (text === '' || readOnly) continue;
    const isTime = type === 'SCHEDULED_TIME' || type === 'DATE_TIME';
    const value = isTime ? timeOf(type, text) : text;
    if (MEMBERS[type]) members[MEMBERS[type]] = value;
    else references.push({ name, type: REFERENCE_TYPES[type] ?? 'STRING', value });
  }
  return { ...members, flow: { taskTemplateId: id }, references };
}

/**
 * Assigns the errors of a refused creation to the fields of the form.
 *
 * @param {{ fields: { name: string, type: string }[] }} template
 * @param {{ references?: { name: string }[] | null }} input the input that was refused
 * @param {readonly { message: string, path?: readonly string[] | null }[]} errors
 * @returns {{ byField: Record<string, string[]>, others: string[] }} messages
 */
export function messagesByField({ fields }, { references }, errors) {
  const byField = {};
  const others = [];
  for (const { message, path } of errors) {
    const [, member, index] = path ?? [];
    const field =
      member === 'references'
        ? // A field that is missing has no place in the references: the message names it.
          fields.find(({ name }) => (index ? name === references?.[index]?.name : message.includes(`"${name}"`)))
        : fields.find(({ type }) => member && MEMBERS[type] === member);
    if (field) byField[field.name] = [...(byField[field.name] ?? []), message];
    else others.push(message);
  }
  return { byField, others };
}
