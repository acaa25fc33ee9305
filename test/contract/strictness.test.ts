import type { Client } from '@grpc/grpc-js';

import { MAX_REQUEST_BYTES } from '../../src/pep/limits';
import { openClient } from './support/client';
import { callRaw, encode } from './support/raw-call';
import { startService } from './support/service';
import type { TestService } from './support/service';

const DECIDE = 'ambit.v1.DecisionService/Decide';

let service: TestService;
const clients: Client[] = [];

beforeAll(async () => {
  service = await startService();
  for (const address of service.addresses) {
    clients.push(openClient('ambit.v1.DecisionService', address));
  }
});

afterAll(async () => {
  for (const client of clients) client.close();
  await service.stop();
});

/** What the service makes of bytes, over each listener. */
async function tell(method: string, bytes: Uint8Array): Promise<unknown> {
  const told = await Promise.all(
    clients.map(async (client) => {
      const outcome = await callRaw(client, method, bytes);
      if (!('answer' in outcome)) return `${outcome.code}: ${outcome.details}`;
      const { outcome: whole, block } = outcome.answer as {
        outcome: string;
        block?: { code: string };
      };
      return block?.code ?? whole;
    }),
  );
  expect(new Set(told).size).toBe(1);
  return told[0];
}

const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
const BYTES = encode('DecideRequest', REQUEST);

/** A field with a length, after all that stands before. */
const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of((number << 3) | 2, content.length), content]);
const after = (...more: readonly Uint8Array[]): Buffer => Buffer.concat([BYTES, ...more]);

/** Preferences that would narrow, and ones that say nothing: whoever takes the last of two loses the first. */
const NARROW = field(2, field(8, encode('Preferences', { only: { values: ['cirrus'] } })));
const SILENT = field(2, field(8, Buffer.alloc(0)));

describe('bytes that decoders read in different ways are refused', () => {
  it('while the message itself is fine', async () => {
    expect(await tell(DECIDE, BYTES)).toBe('OUTCOME_ALLOW');
  });

  it.each<[string, Uint8Array, string]>([
    ['a field of a later version', after(Buffer.of(15 << 3, 1)), 'field number 15'],
    ['one in the preferences', field(2, field(8, Buffer.of(15 << 3, 1))), 'context.preferences'],
    ['one in a candidate', field(3, Buffer.of(15 << 3, 1)), 'candidates[0]'],
    ['a context twice', after(SILENT), '`context` is there twice'],
    ['preferences twice', Buffer.concat([NARROW, SILENT]), '`context` is there twice'],
    [
      'preferences twice in one context',
      field(2, Buffer.concat([NARROW.subarray(2), SILENT.subarray(2)])),
      '`context.preferences` is there twice',
    ],
    [
      'an empty request id after another',
      Buffer.concat([field(1, Buffer.from('r')), after(field(1, Buffer.alloc(0)))]),
      '`request_id` is there twice',
    ],
    [
      'two bounds',
      after(field(5, Buffer.concat([Buffer.of(8, 0), field(2, Buffer.from('sha256:0'))]))),
      'min_bundle.digest',
    ],
    ['a tag of zero', after(Buffer.of(0)), 'field number 0'],
    ['no UTF-8', field(2, field(1, Buffer.of(0xff))), '`context.tenant` is no UTF-8'],
    ['a cut', BYTES.subarray(0, BYTES.length - 1), 'INVALID_ARGUMENT'],
    ['noise', Buffer.from('hello'), 'INVALID_ARGUMENT'],
  ])('%s', async (_, bytes, details) => {
    const told = await tell(DECIDE, bytes);
    expect(told).toMatch(/^INVALID_ARGUMENT: /);
    expect(told).toContain(details);
    expect(await tell('ambit.v1.PolicyService/Explain', field(1, bytes))).toMatch(
      /^INVALID_ARGUMENT: /,
    );
  });

  it.each([
    ['ambit.v1.DecisionService/ListEligible', 'ListEligibleRequest'],
    ['ambit.v1.PolicyService/GetStatus', 'GetStatusRequest'],
    ['ambit.v1.PolicyService/GetCatalog', 'GetCatalogRequest'],
    ['ambit.v1.PolicyService/Explain', 'ExplainRequest'],
  ])('by every method: %s', async (method, type) => {
    const bytes = Buffer.concat([encode(type, {}), Buffer.of(15 << 3, 1)]);
    expect(await tell(method, bytes)).toMatch(/^INVALID_ARGUMENT: .*field number 15/);
  });
});

describe('numbers of enums that nobody knows', () => {
  const inContext = (part: object): object => ({
    ...REQUEST,
    context: { ...REQUEST.context, ...part },
  });

  it.each<[string, object]>([
    ['api', inContext({ api: 999 })],
    ['model_id_style', inContext({ model_id_style: 3 })],
    ['data_collection', inContext({ preferences: { data_collection: 3 } })],
    ['detail', { ...REQUEST, detail: 4 }],
    ['api, negative', inContext({ api: -1 })],
  ])('block: %s', async (_, request) => {
    expect(await tell(DECIDE, encode('DecideRequest', request))).toBe('invalid_request');
  });

  it('are refused where the enforcement point writes them', async () => {
    const claims = [{ name: 'gdpr', bool_value: true, apis: [999] }];
    const request = { ...REQUEST, candidates: [{ target: 'acme/large', claims }] };
    expect(await tell(DECIDE, encode('DecideRequest', request))).toMatch(
      /^INVALID_ARGUMENT: .*claims\[0\].apis/,
    );
  });
});

describe('sizes', () => {
  it('up to the limit are read, and beyond it are refused', async () => {
    const filler = (bytes: number): object => ({
      ...REQUEST,
      context: {
        tenant: 'red',
        models: Array.from({ length: Math.floor(bytes / 1024) }, () => 'x'.repeat(1021)),
      },
    });
    const near = encode('DecideRequest', filler(MAX_REQUEST_BYTES - 2048));
    expect(near.length).toBeLessThanOrEqual(MAX_REQUEST_BYTES);
    expect(await tell(DECIDE, near)).toBe('invalid_request');
    const over = encode('DecideRequest', filler(MAX_REQUEST_BYTES + 2048));
    expect(await tell(DECIDE, over)).toMatch(/^RESOURCE_EXHAUSTED: .*1048576 bytes/);
    const huge = Buffer.alloc(9 * 1024 * 1024);
    expect(await tell(DECIDE, huge)).toMatch(/^RESOURCE_EXHAUSTED: /);
  });

  it('of the largest request have a verdict for every candidate, below the limit of clients', async () => {
    const candidates = Array.from({ length: 1024 }, (_, index) => ({
      ref: `${'r'.repeat(250)}${String(index)}`,
      target: index % 2 === 0 ? 'acme/large' : 'cirrus/large',
    }));
    const bytes = encode('DecideRequest', { ...REQUEST, candidates });
    for (const client of clients) {
      const outcome = await callRaw(client, DECIDE, bytes);
      if (!('answer' in outcome)) throw new Error(outcome.details);
      expect(outcome.answer['verdicts']).toHaveLength(1024);
      expect(outcome.answer['eligible']).toHaveLength(512);
    }
    const more = [...candidates, { ref: 'one', target: 'acme/large' }];
    expect(await tell(DECIDE, encode('DecideRequest', { ...REQUEST, candidates: more }))).toMatch(
      /^INVALID_ARGUMENT: `candidates` has more than 1024/,
    );
  });
});

describe('a deadline that has passed', () => {
  it('is no answer', async () => {
    const [client] = clients;
    if (client === undefined) throw new Error('no client');
    const outcome = await callRaw(client, DECIDE, BYTES, { deadline: Date.now() - 1 });
    expect(outcome).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});
