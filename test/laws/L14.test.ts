import { APIS } from '../../src/core/model/api';
import type { Api } from '../../src/core/model/api';
import { BLOCK_STATUSES, WORDINGS } from '../../src/core/model/policy';
import { LAYERS } from '../../src/core/model/reason';
import { refuse } from '../../src/core/engine/refuse';
import type { Block } from '../../src/core/model/decision';
import { maybe, pick } from '../generators/source';
import type { Source } from '../generators/source';
import { agreedAnswer, CASES, withContext } from './support/decisions';
import { mapPolicies } from './support/edits';
import { check, Spread } from './support/runs';
import { document, policy, requestFor, setOf, target } from './support/small-world';
import { without } from '../support/without';

/** What a client or a file may try to break out of a body with. */
const HOSTILE = [
  'm-"quoted"',
  'back\\slash',
  'line\nbreak\r\n\r\nHTTP/1.1 200 OK',
  '</script><script>alert(1)</script>',
  '\u0000\u0001\u001f\u007f',
  '\u2028\u2029',
  '\ud800 lone surrogate',
  '{model} {providers} $& $1 %s',
  '","code":"allowed","x":"',
  '\u202eright to left',
  'x'.repeat(10_000),
];

type Fields = Readonly<Record<string, unknown>>;

/** Where each envelope has its message, its code and its status; restated from the vendors' documents. */
function read(api: Api | undefined, body: string) {
  const whole = JSON.parse(body) as Fields;
  const error = (whole['error'] ?? {}) as Fields;
  switch (api) {
    case 'messages':
      expect([whole['type'], typeof error['type']]).toEqual(['error', 'string']);
      return { message: error['message'], code: error['code'] };
    case 'gemini': {
      const [info] = error['details'] as readonly Fields[];
      return { message: error['message'], code: info?.['reason'], status: error['code'] };
    }
    case undefined:
    case 'rerank':
    case 'realtime':
      return { message: whole['detail'], code: whole['code'], status: whole['status'] };
    case 'chat_completions':
    case 'responses':
    case 'embeddings':
    case 'completions':
    case 'images':
    case 'audio_speech':
    case 'audio_transcriptions':
    case 'moderations':
    case 'batch':
    case 'files':
      expect(error['type']).toBe('policy_error');
      return { message: error['message'], code: error['code'] };
  }
}

/** Every text that a value holds. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function expectWholeBody(api: Api | undefined, block: Block): void {
  const { message, code, status = block.httpStatus } = read(api, block.body);
  expect({ message, code, status }).toEqual({
    // What is no text (half of a pair) is written as JSON writes it, and read back as it is.
    message: block.message,
    code: block.code,
    status: block.httpStatus,
  });
  const problem = api === undefined || api === 'rerank' || api === 'realtime';
  expect(block.contentType).toBe(problem ? 'application/problem+json' : 'application/json');
  expect(block.message.length).toBeLessThan(5_000);
}

describe('L14: bodies speak the caller`s API', () => {
  test('whatever names say, every body is whole, and says code and message once', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = CASES(source);
      const hostile = pick(source, HOSTILE);
      const api = [undefined, ...APIS][source.below(APIS.length + 1)];
      const context = without(request.context, 'api');
      const asked = { ...request, context: { ...context, ...(api === undefined ? {} : { api }) } };
      const said = mapPolicies(set, (one) => [
        {
          ...one,
          block: {
            ...without(one.block, 'wording'),
            ...(source.below(2) === 0
              ? {}
              : { message: `{model} ${hostile.slice(0, 500)} {providers}` }),
          },
        },
      ]);
      return { set: said, request: withContext(asked, { model: hostile }), api };
    };
    check(make, 1_500, ({ set, request, api }) => {
      const { block } = agreedAnswer({ set, request });
      if (block === undefined) {
        spread.add('none');
        return;
      }
      expectWholeBody(api, block);
      expect([...BLOCK_STATUSES]).toContain(block.httpStatus);
      spread.add(api ?? 'no api');
      spread.add(String(block.httpStatus));
    });
    spread.expectAtLeast(20, 'no api', ...APIS);
    spread.expectAtLeast(15, '400', '403', '404', '409', '422', '451');
  });

  test('in another system`s words every body is whole, too, and holds the message', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = CASES(source);
      const model = pick(source, HOSTILE);
      const api = [undefined, ...APIS][source.below(APIS.length + 1)];
      const context = { ...without(request.context, 'api'), ...(api === undefined ? {} : { api }) };
      const wording = pick(source, WORDINGS);
      const block = { wording, ...maybe(source, 30, () => ({ contact: 'Ask <us>\n"now".' })) };
      const said = mapPolicies(set, (one) => [{ ...one, block: { ...one.block, ...block } }]);
      return { set: said, request: withContext({ ...request, context }, { model }), wording, api };
    };
    check(make, 1_500, ({ set, request, wording, api }) => {
      const { block } = agreedAnswer({ set, request });
      if (block === undefined) {
        return;
      }
      const parsed: unknown = JSON.parse(block.body);
      expect(textsIn(parsed)).toContain(block.message);
      expect(block.message.length).toBeLessThan(5_000);
      expect(block.message).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
      expect(block.httpStatus).toBeGreaterThanOrEqual(400);
      expect(block.contentType).toMatch(/^application\/(?:problem\+)?json$/u);
      spread.add(wording);
      spread.add(block.layer);
      spread.add(api ?? 'no api');
    });
    spread.expectAtLeast(100, ...WORDINGS);
    spread.expectAtLeast(10, ...LAYERS, 'no api', ...APIS);
  });

  test.each([undefined, ...APIS])('a refusal speaks the api too (%s)', (api) => {
    const request = requestFor(['t'], {
      model: HOSTILE[0] ?? '',
      ...(api === undefined ? {} : { api }),
    });
    for (const code of [
      'overloaded',
      'policy_stale',
      'internal_error',
      'invalid_request',
    ] as const) {
      const httpStatus = code === 'invalid_request' ? 400 : 503;
      const decision = refuse(request, { code, message: HOSTILE.slice(1, -1).join(), httpStatus });
      expect([decision.outcome, decision.eligible, decision.verdicts.length]).toEqual([
        'block',
        [],
        1,
      ]);
      if (decision.block !== undefined) {
        expectWholeBody(api, decision.block);
      }
    }
  });

  test.each(BLOCK_STATUSES)(
    'status %i is the policy`s, and 403 where no policy says one',
    (status) => {
      const none = policy('p', [{ kind: 'gdpr' }], { block: { status } });
      const set = setOf(document({ targets: [target('t')], policies: [none] }));
      expect(agreedAnswer({ set, request: requestFor(['t']) }).block?.httpStatus).toBe(status);
      const unknown = agreedAnswer({ set, request: requestFor(['nobody']) });
      expect([unknown.block?.code, unknown.block?.httpStatus]).toEqual(['unknown_target', 403]);
    },
  );

  test('the message is the policy`s words, with the model and the providers filled in once', () => {
    const block = { status: 451 as const, message: 'for {model}: none of {providers} ({model})' };
    const set = setOf(
      document({ targets: [target('t')], policies: [policy('p', [{ kind: 'gdpr' }], { block })] }),
    );
    const request = requestFor(['t'], { model: '{providers} $&', api: 'chat_completions' });
    expect(agreedAnswer({ set, request }).block?.message).toBe(
      'for {providers} $&: none of acme ({providers} $&)',
    );
  });
});
