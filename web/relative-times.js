const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PLACEHOLDER = /\{\{now(?:([+-]\d+)([smhd]))?\}\}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;
const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|the id of a task/g;

/**
 * Replaces `{{now}}`, `{{now+2h}}`, `{{now-30m}}` and the like (s, m, h, d) in a text by RFC 3339 times in UTC.
 * Sample variables name times that way, since a date written into a file would soon lie in the past.
 *
 * @param {string} text what holds the placeholders
 * @param {Date} [now] the instant to count from; default: the present
 * @returns {string} the text with times in whole seconds
 */
export function resolveRelativeTimes(text, now = new Date()) {
  return text.replace(PLACEHOLDER, (_placeholder, amount = 0, unit = 's') => {
    const time = new Date(now.getTime() + Number(amount) * UNIT_MS[unit]);
    return time.toISOString().replace(/\.\d+Z$/, 'Z');
  });
}

/**
 * Checks whether a text came from this template: equal except for the times in place of its placeholders, and for ids.
 *
 * @param {string} text a text that may have been made earlier
 * @param {string} template the text with placeholders
 * @returns {boolean}
 */
export function isResolvedFrom(text, template) {
  const shape = (value) => value.replace(PLACEHOLDER, '\0').replace(TIME, '\0').replace(ID, '\x01');
  return shape(text) === shape(template);
}

/**
 * Counts the times of a text that came from a template from another instant. Ids stay as they are.
 *
 * @param {string} text a text for which {@link isResolvedFrom} holds
 * @param {string} template
 * @param {Date} [now] default: the present
 * @returns {string}
 */
export function renewTimes(text, template, now) {
  const times = (resolveRelativeTimes(template, now).match(TIME) ?? []).values();
  return text.replace(TIME, () => times.next().value);
}
