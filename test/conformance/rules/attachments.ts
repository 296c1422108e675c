import { expect } from '@jest/globals';
import { DECISION, modelOf, must, type Rule, should } from '../rule.js';
import type { World } from '../world.js';

const MODEL = modelOf('TaskAttachment');
const FILE = 'API reference, GetAttachedFile';

const URL = 'https://example.com/file.pdf';
const of = (fileName: string, url = URL) => ({ attachments: [{ fileName, url }] });

/** The file that a contact has. */
async function fileOf(world: World, id: string) {
  const [reference] = (await world.references(id)).filter(({ type }) => type === 'ATTACHMENT');
  const { arn = '' } = reference ?? {};
  return { reference, fileId: arn.slice(arn.lastIndexOf('/') + 1) };
}

async function getFile(world: World, id: string, fileId: string, seconds?: number) {
  const { arn: associatedResourceArn } = await world.contact(id);
  const { instanceId } = world.fixtures;
  const expiry = seconds === undefined ? {} : { urlExpiryInSeconds: seconds };
  return world.connect.getAttachedFile({ instanceId, fileId, associatedResourceArn, ...expiry });
}

/** Files of new tasks. */
export const attachmentRules: readonly Rule[] = [
  must('attachments/six', 'refuse a sixth attachment', modelOf('TaskAttachments'), async (world) => {
    const attachments = Array.from({ length: 6 }, (_, index) => ({ fileName: `${index}.pdf`, url: URL }));
    expect(await world.refusal(world.start({ attachments }))).toMatchObject(
      world.expected('InvalidParameterException', ['api/attachment-count', ['attachments'], '6 attachments']),
    );
  }),
  ...[
    [
      'attachments/name-257',
      'a file name of 257 characters',
      of(`${'n'.repeat(253)}.pdf`),
      'api/attachment-name-length',
      'fileName',
    ],
    [
      'attachments/name-invisible',
      'a file name with a control character',
      of('a\tb.pdf'),
      'api/attachment-name-visible',
      'fileName',
    ],
    [
      'attachments/url-2001',
      'an address of 2001 characters',
      of('a.pdf', `https://a.example/${'u'.repeat(1983)}`),
      'api/attachment-url-length',
      'url',
    ],
  ].map(([id, what, members, rule, member]) =>
    must(String(id), `refuse ${what}`, MODEL, async (world) => {
      expect(await world.refusal(world.start(members as ReturnType<typeof of>))).toMatchObject(
        world.expected('InvalidParameterException', [String(rule), ['attachments', 0, String(member)]]),
      );
    }),
  ),
  should('attachments/url-form', 'refuse an address that is no URL of the web', DECISION, async (world) => {
    expect(await world.refusedAs(of('a.pdf', 's3://bucket/a.pdf'))).toBe('InvalidParameterException');
  }),
  should('attachments/type', 'refuse a file type that a new instance does not accept', DECISION, async (world) => {
    expect(await world.refusedAs(of('a.exe'))).toBe('InvalidRequestException');
  }),
  must(
    'attachments/approved',
    'list an attachment with its status and ARN, and serve an approved one by a signed address',
    FILE,
    async (world) => {
      const { url, settled } = await world.upload('the order');
      const id = await world.start({
        ...of('order.pdf', url),
        references: [{ name: 'A', type: 'STRING', value: 'a' }],
      });
      await settled();
      const { reference, fileId } = await fileOf(world, id);
      expect(reference).toMatchObject({ name: 'order.pdf', type: 'ATTACHMENT', status: 'APPROVED' });
      const file = await getFile(world, id, fileId, 60);
      expect(file).toMatchObject({ id: fileId, name: 'order.pdf', status: 'APPROVED', sizeBytes: 9 });
      expect(file.downloadUrl).toMatch(/^https?:.*signature=/i);
      expect(Number(file.downloadUrlExpiresAt) - world.now()).toBeGreaterThan(0);
      expect(Number(file.downloadUrlExpiresAt) - world.now()).toBeLessThanOrEqual(61_000);
    },
    { needs: ['attaching'] },
  ),
  must(
    'attachments/other-contact',
    'find no file of another contact',
    FILE,
    async (world) => {
      const { url, settled } = await world.upload('the order');
      const { fileId } = await fileOf(world, await world.start(of('order.pdf', url)));
      await settled();
      const other = await world.start();
      expect((await world.refusal(getFile(world, other, fileId))).code).toBe('ResourceNotFoundException');
    },
    { needs: ['attaching'] },
  ),
  should(
    'attachments/unreachable',
    'create a task whose file cannot be fetched, and report the file as failed',
    DECISION,
    async (world) => {
      const { settled } = await world.upload('unused');
      const id = await world.start(of('order.pdf'));
      await settled();
      const { reference, fileId } = await fileOf(world, id);
      expect(reference?.status).toBe('FAILED');
      expect((await getFile(world, id, fileId)).downloadUrl).toBeUndefined();
    },
    { needs: ['attaching'] },
  ),
  must(
    'attachments/repeat',
    'attach the files once for repeats with one token',
    FILE,
    async (world) => {
      const { url, settled } = await world.upload('the order');
      const members = { ...of('order.pdf', url), clientToken: `attachments ${world.now()}` };
      const id = await world.start(members);
      expect(await world.start(members)).toBe(id);
      await settled();
      expect(await world.references(id)).toMatchObject([{ type: 'ATTACHMENT', status: 'APPROVED' }]);
    },
    { needs: ['attaching'] },
  ),
];
