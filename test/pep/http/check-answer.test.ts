import type { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { checkAnswer } from '../../../src/pep/http/check-answer';

const ALLOW: CheckResponse = {
  status: { code: 0, message: '' },
  httpResponse: {
    $case: 'okResponse',
    value: {
      headers: [],
      headersToRemove: [],
      responseHeadersToAdd: [],
      queryParametersToSet: [],
      queryParametersToRemove: [],
    },
  },
  dynamicMetadata: {
    decision: 'allow',
    outcome: 'WARN',
    decision_id: 'd-1',
    bundle: 'sha256:1',
    eligible: ['a', 'b'],
    hosts: 'envoy://to-a/a',
  },
};

const denying = ($case: 'deniedResponse' | 'errorResponse', code: number): CheckResponse => ({
  status: { code: 7, message: '' },
  httpResponse: { $case, value: { status: { code }, headers: [], body: 'b' } },
  dynamicMetadata: { decision: 'deny', outcome: 'BLOCK', code: 'provider_denied' },
});

const withNames = (eligible: readonly unknown[]): CheckResponse => ({
  ...ALLOW,
  dynamicMetadata: { ...ALLOW.dynamicMetadata, eligible },
});

describe('a yes', () => {
  it('is 200, and says where to', () => {
    expect(checkAnswer(ALLOW)).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'x-ambit-decision': 'allow',
        'x-ambit-outcome': 'WARN',
        'x-ambit-decision-id': 'd-1',
        'x-ambit-bundle': 'sha256:1',
        'x-ambit-eligible': 'a,b',
        'x-ambit-target': 'a',
        'x-ambit-hosts': 'envoy://to-a/a',
      },
    });
  });

  it.each([
    ['what separates names', 'a,b', 'a%2Cb'],
    ['the sign of the encoding itself', '50%', '50%25'],
    ['a blank', 'a b', 'a%20b'],
    ['the end of a header', 'a\r\nx: y', 'a%0D%0Ax:%20y'],
    ['a quote and a backslash', '"\\', '%22%5C'],
    ['what is no ASCII', 'rød', 'r%C3%B8d'],
    ['half a character', '\ud800', '%EF%BF%BD'],
    ['nothing that is plain', 'acme/gpt-4o:eu@2_~.x', 'acme/gpt-4o:eu@2_~.x'],
  ])('percent-encodes %s in a name', (_what, name, encoded) => {
    expect(checkAnswer(withNames([name])).headers).toMatchObject({
      'x-ambit-eligible': encoded,
      'x-ambit-target': encoded,
    });
  });
});

describe('a no', () => {
  it.each(['deniedResponse', 'errorResponse'] as const)('keeps status and body: %s', (kind) => {
    for (const code of [400, 403, 451, 503]) {
      const { status, body, headers } = checkAnswer(denying(kind, code));
      expect([status, body]).toEqual([code, 'b']);
      expect(headers).toMatchObject({
        'x-ambit-decision': 'deny',
        'x-ambit-outcome': 'BLOCK',
        'x-ambit-code': 'provider_denied',
      });
      expect(headers?.['retry-after']).toBe(code === 503 ? '1' : undefined);
    }
  });

  it.each([0, 100, 200, 204, 206, 299, 302, 399])(
    'is one whatever status it has, since proxies take success for a yes: %d',
    (code) => {
      for (const kind of ['deniedResponse', 'errorResponse'] as const) {
        expect(checkAnswer(denying(kind, code)).status).toBe(403);
      }
    },
  );

  it.each<[string, CheckResponse]>([
    ['is empty', { status: undefined, httpResponse: undefined, dynamicMetadata: undefined }],
    ['has the code of a yes and nothing else', { ...ALLOW, httpResponse: undefined }],
    ['lacks the word of a yes', { ...ALLOW, dynamicMetadata: undefined }],
    ['has another word', { ...ALLOW, dynamicMetadata: { decision: 'deny' } }],
    ['has another code', { ...ALLOW, status: { code: 7, message: '' } }],
    ['has no code', { ...ALLOW, status: undefined }],
  ])('is what %s', (_what, response) => {
    expect(checkAnswer(response).status).toBe(403);
  });
});
