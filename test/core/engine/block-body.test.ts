import { APIS, type Api } from '../../../src/core/model/api';
import { blockBody } from '../../../src/core/engine/block-body';

const TEXT = { code: 'no_compliant_provider', message: 'no "one"', httpStatus: 403 } as const;

const OPENAI =
  '{"error":{"message":"no \\"one\\"","type":"policy_error","param":null,"code":"no_compliant_provider"}}';

const bodyFor = (api: Api | undefined, httpStatus: number = TEXT.httpStatus) =>
  blockBody(api, { ...TEXT, httpStatus });

describe('the body of a block', () => {
  it.each([
    'chat_completions',
    'responses',
    'embeddings',
    'completions',
    'images',
    'audio_speech',
    'audio_transcriptions',
    'moderations',
    'batch',
    'files',
  ] as const)('%s: an OpenAI error', (api) => {
    expect(bodyFor(api)).toEqual({ contentType: 'application/json', body: OPENAI });
  });

  it('messages: an Anthropic error', () => {
    expect(bodyFor('messages')).toEqual({
      contentType: 'application/json',
      body: '{"type":"error","error":{"type":"permission_error","message":"no \\"one\\"","code":"no_compliant_provider"}}',
    });
  });

  it.each([
    [400, 'invalid_request_error'],
    [403, 'permission_error'],
    [404, 'not_found_error'],
    [409, 'permission_error'],
    [422, 'permission_error'],
    [451, 'permission_error'],
    [503, 'overloaded_error'],
  ])('messages with status %d: %s', (status, type) => {
    const { body } = bodyFor('messages', status);
    expect(JSON.parse(body)).toMatchObject({ error: { type } });
  });

  it('gemini: a Google error', () => {
    expect(bodyFor('gemini')).toEqual({
      contentType: 'application/json',
      body:
        '{"error":{"code":403,"message":"no \\"one\\"","status":"PERMISSION_DENIED","details":' +
        '[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"no_compliant_provider","domain":"ambit"}]}}',
    });
  });

  it.each([
    [400, 'INVALID_ARGUMENT'],
    [404, 'NOT_FOUND'],
    [409, 'ABORTED'],
    [451, 'PERMISSION_DENIED'],
    [503, 'UNAVAILABLE'],
  ])('gemini with status %d: %s', (code, status) => {
    const { body } = bodyFor('gemini', code);
    expect(JSON.parse(body)).toMatchObject({ error: { code, status } });
  });

  it.each(['rerank', 'realtime', undefined] as const)('%s: problem details', (api) => {
    expect(bodyFor(api)).toEqual({
      contentType: 'application/problem+json',
      body: '{"title":"Blocked by policy","status":403,"detail":"no \\"one\\"","code":"no_compliant_provider"}',
    });
  });

  it('every api says the code and the message', () => {
    for (const api of APIS) {
      const { body } = bodyFor(api);
      expect(body).toContain('"no_compliant_provider"');
      expect(body).toContain('no \\"one\\"');
    }
  });
});
