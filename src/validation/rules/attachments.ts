import type { NewAttachment } from '../../connect/attachment.js';
import { ATTACHMENT_NAME_LENGTH, ATTACHMENT_URL_LENGTH, ATTACHMENTS } from '../../connect/limits.js';
import type { RuleId } from '../../connect/violation.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt, plural } from '../text.js';
import { eachMember } from './lists.js';
import { lengthRule, storableText } from './text.js';

type Attachments = readonly NewAttachment[];

/** Bounds the number of attachments of a new task. */
export const attachmentCount: Rule<Attachments> = {
  id: 'api/attachment-count',
  limit: `at most ${ATTACHMENTS} attachments`,
  source: 'StartTaskContact of 2026, Attachments: at most 5 per task',
  check: ({ length }) => (length <= ATTACHMENTS ? NO_FINDINGS : finding(plural(length, 'attachment'))),
};

/** Bounds the length of each file name. */
export const attachmentNameLength = eachMember<NewAttachment>(
  'fileName',
  lengthRule('api/attachment-name-length', ATTACHMENT_NAME_LENGTH, 'Service model, FileName: length 1 to 256'),
);

/** Refuses file names with invisible characters. */
export const attachmentNameVisible = eachMember<NewAttachment>('fileName', {
  id: 'api/attachment-name-visible',
  limit: 'a file name without control, format and unassigned characters',
  source: 'Service model, FileName: pattern without characters of the Unicode category C',
  check(name) {
    const [flaw] = /\p{C}/u.exec(name) ?? [];
    return flaw === undefined ? NO_FINDINGS : finding(nameOf(flaw));
  },
});

/** Bounds the length of each address. */
export const attachmentUrlLength = eachMember<NewAttachment>(
  'url',
  lengthRule('api/attachment-url-length', ATTACHMENT_URL_LENGTH, 'Service model, S3Url: length 1 to 2000'),
);

/** Refuses addresses that cannot be sent. */
export const attachmentUrlStorable = eachMember<NewAttachment>('url', storableText);

/** Requires an address that a file can be read from. The finding shows none of it, because it may hold a signature. */
export const attachmentUrl = eachMember<NewAttachment>('url', {
  id: 'engine/attachment-url',
  limit: 'an absolute http or https URL without user and password',
  source: 'Decision: the service states a pre-signed URL of S3, but no format',
  check(url) {
    // An empty one has no allowed length, which is reported already.
    if (url === '' || (/^https?:\/\/[^\s\p{Control}]+$/iu.test(url) && hasNoUser(url))) return NO_FINDINGS;
    return finding('a text of another form');
  },
});

/** The file types of tasks in a new instance, by the end of the file's name. */
const FILE_TYPES = ('csv doc docx heic jfif jpeg jpg mov mp4 pdf png ppt pptx rtf txt wav xls xlsx' as const).split(
  ' ',
);

/** Accepts the file types of a new instance. */
export const attachmentType = eachMember<NewAttachment>('fileName', {
  id: 'engine/attachment-type',
  limit: `a file name that ends with ${FILE_TYPES.map((type) => `.${type}`).join(', ')}`,
  source:
    'Administrator guide, feature specifications, attachments. Decision: engine only, because an instance can accept other types',
  check(name) {
    const [, type] = /\.([^.]*)$/.exec(name) ?? [];
    if (type !== undefined && FILE_TYPES.includes(type.toLowerCase())) return NO_FINDINGS;
    return finding(excerpt(type === undefined ? name : `.${type}`));
  },
});

/**
 * The rules whose violation the API refuses with InvalidRequestException (reason INVALID_FILE_TYPE of its attached
 * files). A violation of another rule of an attachment is InvalidParameterException.
 */
export const REFUSED_ATTACHMENTS: ReadonlySet<RuleId> = new Set([attachmentType.id]);

/** All rules of a list of attachments. */
export const attachmentsRules: readonly Rule<Attachments>[] = [
  attachmentCount,
  attachmentNameLength,
  attachmentNameVisible,
  attachmentUrlLength,
  attachmentUrlStorable,
  attachmentUrl,
  attachmentType,
];

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function hasNoUser(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
