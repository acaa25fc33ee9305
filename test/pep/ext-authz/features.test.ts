import { EVERY_FEATURE } from '../../../src/pep/ext-authz/features';
import { askedOf, CLEARED } from './support/asked';
import type { TestCheck } from './support/check-server';

const NOTHING = Buffer.alloc(0);

/** What a request is found to use, sorted; throws if it is refused. */
function featuresOf(request: TestCheck): readonly string[] {
  const { context, problems } = askedOf(request);
  if (problems.length > 0) throw new Error(problems.join());
  return [...context.features].sort();
}

const chat = (fields: object): TestCheck => ({ body: { model: 'm', ...fields } });
const responses = (fields: object): TestCheck => ({ ...chat(fields), path: '/v1/responses' });
const messages = (fields: object): TestCheck => ({ ...chat(fields), path: '/v1/messages' });
const says = (...content: readonly object[]): object => ({
  messages: [{ role: 'user', content }],
});

describe('the features of a body', () => {
  test.each<[string, TestCheck, readonly string[]]>([
    ['none', chat({ temperature: 1, messages: [{ role: 'user', content: 'hello' }] }), []],
    ['store', chat({ store: true }), ['store']],
    ['no store', chat({ store: false }), ['no_store']],
    ['a store of null', chat({ store: null }), []],
    ['streaming', chat({ stream: true }), ['streaming']],
    ['a background', responses({ background: true }), ['background']],
    ['no background', responses({ background: false, store: false }), ['no_store']],
    ['an earlier response', responses({ store: false, previous_response_id: 'r' }), ['store']],
    ['a conversation', responses({ conversation: 'c' }), ['store']],
    ['an item by id', responses({ input: [{ type: 'item_reference', id: 'i' }] }), ['store']],
    ['functions', chat({ tools: [{ type: 'function', function: {} }] }), ['tools']],
    ['tools of no type', messages({ tools: [{ name: 't', input_schema: {} }] }), ['tools']],
    ['a client tool', messages({ tools: [{ type: 'bash_20250124' }] }), ['tools']],
    [
      'a search',
      responses({ tools: [{ type: 'web_search_preview_2025_03_11' }] }),
      ['server_tools', 'tools', 'web_search'],
    ],
    [
      'a search by date',
      messages({ tools: [{ type: 'web_search_20250305' }] }),
      ['server_tools', 'tools', 'web_search'],
    ],
    ['search options', chat({ web_search_options: {} }), ['server_tools', 'web_search']],
    [
      'code',
      responses({ tools: [{ type: 'code_interpreter' }] }),
      ['code_execution', 'server_tools', 'tools'],
    ],
    [
      'files to search',
      responses({ tools: [{ type: 'file_search' }] }),
      ['files', 'server_tools', 'tools'],
    ],
    ['servers of tools', messages({ mcp_servers: [] }), ['server_tools']],
    ['a container', messages({ container: 'c' }), ['code_execution', 'server_tools']],
    ['an image', chat(says({ type: 'image_url', image_url: { url: 'x' } })), ['vision']],
    ['a spoken text', chat(says({ type: 'input_audio', input_audio: {} })), ['audio']],
    [
      'an earlier spoken answer',
      chat({ messages: [{ role: 'assistant', audio: { id: 'a' } }] }),
      ['audio', 'store'],
    ],
    ['a spoken answer', chat({ modalities: ['text', 'audio'] }), ['audio']],
    ['a file that is sent', chat(says({ type: 'file', file: { file_data: 'x' } })), ['vision']],
    ['an uploaded file', chat(says({ type: 'file', file: { file_id: 'f' } })), ['files', 'vision']],
    [
      'an uploaded file by item',
      responses({ input: [{ type: 'input_file', file_id: 'f' }] }),
      ['files', 'vision'],
    ],
    [
      'an uploaded document',
      messages(says({ type: 'document', source: { type: 'file', file_id: 'f' } })),
      ['files', 'vision'],
    ],
    [
      'a file in the result of a tool',
      messages(
        says({ type: 'tool_result', content: [{ type: 'image', source: { file_id: 'f' } }] }),
      ),
      ['files', 'tools', 'vision'],
    ],
    ['thinking', messages({ thinking: { type: 'enabled' } }), ['reasoning']],
    ['a schema', chat({ response_format: { type: 'json_schema' } }), ['structured_output']],
    ['everything, by an unknown field', chat({ something_new: 1 }), [...EVERY_FEATURE].sort()],
    [
      'everything, by an unknown tool',
      chat({ tools: [{ type: 'new_tool' }] }),
      [...EVERY_FEATURE].sort(),
    ],
    ['everything, by an unknown part', chat(says({ type: 'new_part' })), [...EVERY_FEATURE].sort()],
    [
      'everything, by a field of another API',
      messages({ background: true }),
      [...EVERY_FEATURE].sort(),
    ],
  ])('%s', (_what, request, features) => {
    expect(featuresOf(request)).toEqual(features);
  });

  test('every feature is all of them but the word against the store', () => {
    expect(EVERY_FEATURE).toContain('store');
    expect(EVERY_FEATURE).toContain('server_tools');
    expect(EVERY_FEATURE).not.toContain('no_store');
  });
});

describe('a body that Ambit does not see', () => {
  const blind = (rest: TestCheck): TestCheck => ({ body: NOTHING, ...rest });

  test('names its model through Envoy, and could use any feature', () => {
    expect(askedOf(blind({ lifted: { model: 'm' } }))).toMatchObject({
      context: { model: 'm', features: EVERY_FEATURE },
      problems: [],
    });
  });

  test.each([
    ['/v1/chat/completions', []],
    ['/v1/responses', ['no_store']],
  ])('on %s uses nothing where the hop to the provider deletes the rest', (path, features) => {
    const request = blind({ path, lifted: { model: 'm' }, extensions: CLEARED });
    expect(featuresOf(request)).toEqual(features);
  });

  test('cannot be spoken for by the operator where Ambit does see it', () => {
    expect(featuresOf({ ...chat({ store: true }), extensions: CLEARED })).toEqual(['store']);
  });

  test.each<[string, TestCheck]>([
    ['no metadata', {}],
    ['no model', { lifted: {} }],
    ['a missing model', { lifted: { model_state: 'missing' } }],
    ['a state beside a model', { lifted: { model: 'm', model_state: 'error' } }],
    ['a model that is no text', { lifted: { model: 1 } }],
    ['an empty model', { lifted: { model: '' } }],
  ])('is refused with %s', (_what, rest) => {
    expect(askedOf(blind({ extensions: CLEARED, ...rest })).problems).toHaveLength(1);
  });
});
