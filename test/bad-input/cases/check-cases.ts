import { CheckRequest } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { toWire } from '../../pep/ext-authz/support/check-server';
import type { TestCheck } from '../../pep/ext-authz/support/check-server';
import { field, groups } from '../support/wire';
import type { MessageCase } from '../support/message-case';

const GOOD: TestCheck = { extensions: { tenant: 'red' }, body: { model: 'large', messages: [] } };

const check = (changes: TestCheck): Uint8Array =>
  CheckRequest.encode(toWire({ ...GOOD, ...changes })).finish();

const withBody = (body: string | Buffer): Uint8Array => check({ body });

const WHOLE = check({});

/** Objects in objects, as the fields of a struct. */
function struct(levels: number): Buffer {
  let value = field(3, 'x');
  for (let level = 0; level < levels; level += 1) {
    value = field(5, field(1, field(1, 'a'), field(2, value)));
  }
  return field(1, field(1, 'a'), field(2, value));
}

const deepMetadata = (): Uint8Array =>
  Buffer.concat([
    WHOLE,
    field(1, field(11, field(1, field(1, 'ambit.request'), field(2, struct(2000))))),
  ]);

/** Cases for Envoy's Check: what Envoy sends wrongly, and what an end client puts into its request. */
export const CHECK_CASES: readonly MessageCase[] = (
  [
    { category: 'malformed', name: 'a Check that is text', bytes: Buffer.from('hello') },
    { category: 'malformed', name: 'a body that is no JSON', bytes: withBody('{model: large}') },
    { category: 'truncated', name: 'a Check', bytes: WHOLE.subarray(0, WHOLE.length - 2) },
    { category: 'truncated', name: 'a body', bytes: withBody('{"model":"large","mess') },
    {
      category: 'truncated',
      name: 'a body that Envoy cut',
      bytes: check({ headers: { 'x-envoy-auth-partial-body': 'true' } }),
    },
    {
      category: 'encoding',
      name: 'a body in UTF-16',
      bytes: withBody(Buffer.from('\uFEFF{"model":"large"}', 'utf16le')),
    },
    {
      category: 'encoding',
      name: 'a body with a byte order mark',
      bytes: withBody('\uFEFF{"model":"large"}'),
    },
    {
      category: 'encoding',
      name: 'a body that is compressed',
      bytes: check({ headers: { 'content-encoding': 'gzip' } }),
    },
    {
      category: 'encoding',
      name: 'a body of another charset',
      bytes: check({ headers: { 'content-type': 'application/json; charset=utf-16' } }),
    },
    {
      category: 'invisible',
      name: 'a model with a terminal escape',
      bytes: withBody('{"model":"\\u001b[2Jlarge"}'),
    },
    {
      category: 'lookalike',
      name: 'model in another case',
      bytes: withBody('{"model":"large","Model":"other"}'),
    },
    {
      category: 'lookalike',
      name: 'model in another width alone',
      bytes: withBody('{"\uff4dodel":"large"}'),
    },
    {
      category: 'prototype',
      name: '__proto__ in a body',
      bytes: withBody('{"model":"large","__proto__":{"model":"x"}}'),
    },
    {
      category: 'prototype',
      name: 'constructor as a model',
      bytes: withBody('{"model":"constructor"}'),
    },
    {
      category: 'foreign',
      name: 'a field that chooses another target',
      bytes: withBody('{"model":"large","models":["x"]}'),
    },
    {
      category: 'foreign',
      name: 'a form',
      bytes: check({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'model=large',
      }),
    },
    {
      category: 'path',
      name: 'a path that climbs',
      bytes: check({ path: '/v1/../v1/chat/completions' }),
    },
    {
      category: 'path',
      name: 'a path with an escape',
      bytes: check({ path: '/v1/chat%2fcompletions' }),
    },
    {
      category: 'huge',
      name: 'a Check of more than 8 MiB',
      bytes: () => withBody(`{"model":"large","x":"${'x'.repeat(8 * 1024 * 1024)}"}`),
    },
    {
      category: 'huge',
      name: 'a body of 4 MiB of quotes',
      bytes: () => withBody(`{"model":"large","messages":[${'"",'.repeat(1_300_000)}""]}`),
    },
    {
      category: 'huge',
      name: 'a body of 200,000 keys',
      bytes: () =>
        withBody(
          `{"model":"large",${Array.from({ length: 200_000 }, (_, index) => `"k${String(index)}":0`).join(',')}}`,
        ),
    },
    {
      category: 'huge',
      name: '65 context extensions',
      bytes: check({
        extensions: Object.fromEntries(
          Array.from({ length: 65 }, (_, index) => [`k${String(index)}`, 'v']),
        ),
      }),
    },
    {
      category: 'deep',
      name: 'a body of 100,000 lists',
      bytes: () =>
        withBody(`{"model":"large","messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    },
    {
      category: 'deep',
      name: '100,000 groups',
      bytes: () => Buffer.concat([WHOLE, groups(100, 100_000)]),
    },
    { category: 'deep', name: 'metadata of 2,000 structs', bytes: deepMetadata },
    {
      category: 'contradictory',
      name: 'a body, and fields that were lifted',
      bytes: check({ lifted: { model: 'other' } }),
    },
    {
      category: 'duplicate',
      name: 'a model twice',
      bytes: withBody('{"model":"other","model":"large"}'),
    },
    {
      category: 'duplicate',
      name: 'a model twice, once with an escape',
      bytes: withBody('{"model":"other","mod\\u0065l":"large"}'),
    },
    {
      category: 'version',
      name: 'a path of another version',
      bytes: check({ path: '/v2/chat/completions' }),
    },
    { category: 'type', name: 'a number for a model', bytes: withBody('{"model":1}') },
    { category: 'type', name: 'a list for a body', bytes: withBody('[{"model":"large"}]') },
    { category: 'empty', name: 'no byte at all', bytes: Buffer.alloc(0) },
    { category: 'empty', name: 'a body without a byte', bytes: withBody('') },
    { category: 'empty', name: 'a model without a letter', bytes: withBody('{"model":""}') },
    {
      category: 'unknown key',
      name: 'a key of ours in the extensions',
      bytes: check({ extensions: { tenant: 'red', 'ambit.trust': 'all' } }),
    },
    {
      category: 'unknown value',
      name: 'a tenant',
      bytes: check({ extensions: { tenant: 'nobody' } }),
    },
    { category: 'unknown value', name: 'a method', bytes: check({ method: 'TRACE' }) },
    {
      category: 'number',
      name: 'a number without end in a body',
      bytes: withBody('{"model":"large","max_tokens":1e999}'),
    },
    {
      category: 'trailing',
      name: 'a second object behind the body',
      bytes: withBody('{"model":"large"}{"model":"other"}'),
    },
    {
      category: 'missing',
      name: 'the request of a Check',
      bytes: CheckRequest.encode(CheckRequest.fromPartial({ attributes: {} })).finish(),
    },
    { category: 'missing', name: 'the model', bytes: withBody('{"messages":[]}') },
    { category: 'missing', name: 'the tenant of a Check', bytes: check({ extensions: {} }) },
  ] as const
).map((each): MessageCase => ({ ...each, name: `Check: ${each.name}`, method: 'check' }));
