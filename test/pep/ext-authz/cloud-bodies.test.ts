import { EVERY_FEATURE } from '../../../src/pep/ext-authz/features';
import { askedOf, problemOf } from './support/asked';
import type { TestCheck } from './support/check-server';

const ALL = [...EVERY_FEATURE].sort();

const gemini = (body: object | string): TestCheck => ({
  path: '/v1beta/models/g:generateContent',
  body,
});
const converse = (body: object | string): TestCheck => ({ path: '/model/n/converse', body });
const cloud = (body: object): TestCheck => ({
  path: '/model/c/invoke',
  body: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, ...body },
});
const parts = (...list: readonly object[]): TestCheck =>
  gemini({ contents: [{ role: 'user', parts: list }] });
const blocks = (...content: readonly object[]): TestCheck =>
  converse({ messages: [{ role: 'user', content }] });

describe('the features of', () => {
  test.each<[string, TestCheck, readonly string[]]>([
    ['a text for Gemini', parts({ text: 'hello' }), []],
    ['one content instead of a list', gemini({ contents: { parts: { text: 'hello' } } }), []],
    ['a picture', parts({ inlineData: { mimeType: 'image/png', data: 'x' } }), ['vision']],
    ['a recording', parts({ inline_data: { mime_type: 'audio/wav', data: 'x' } }), ['audio']],
    ['a film', parts({ inlineData: { mimeType: 'video/mp4' } }), ['audio', 'vision']],
    ['bytes of no type', parts({ inlineData: { data: 'x' } }), ['audio', 'vision']],
    ['an uploaded file', parts({ fileData: { fileUri: 'x' } }), ['files', 'vision']],
    ['an uploaded file, otherwise spelt', parts({ file_data: {} }), ['files', 'vision']],
    [
      'an earlier call',
      parts({ functionCall: {} }, { functionResponse: { name: 'f' } }),
      ['tools'],
    ],
    ['a call that gave back parts', parts({ functionResponse: { name: 'f', parts: [] } }), ALL],
    ['a thought', parts({ text: 'x', thought: true, thoughtSignature: 's' }), ['reasoning']],
    ['a new kind of part', parts({ hologram: {} }), ALL],
    [
      'an instruction with a file',
      gemini({ system_instruction: { parts: [{ fileData: {} }] } }),
      ['files', 'vision'],
    ],
    ['functions', gemini({ tools: [{ functionDeclarations: [] }] }), ['tools']],
    [
      'a search',
      gemini({ tools: [{ google_search: {} }] }),
      ['server_tools', 'tools', 'web_search'],
    ],
    ['pages', gemini({ tools: { urlContext: {} } }), ['server_tools', 'tools', 'web_search']],
    [
      'code',
      gemini({ tools: [{ codeExecution: {} }] }),
      ['code_execution', 'server_tools', 'tools'],
    ],
    ['stored files', gemini({ tools: [{ fileSearch: {} }] }), ['files', 'server_tools', 'tools']],
    ['a new tool', gemini({ tools: [{ teleport: {} }] }), ALL],
    ['a cache', gemini({ cachedContent: 'cachedContents/x' }), ['files', 'store']],
    ['no store', gemini({ store: false }), ['no_store']],
    [
      'a schema and thinking',
      gemini({ generationConfig: { responseSchema: {}, thinkingConfig: {} } }),
      ['reasoning', 'structured_output'],
    ],
    [
      'a spoken answer',
      gemini({ generation_config: { response_modalities: ['AUDIO'] } }),
      ['audio'],
    ],
    ['a new setting', gemini({ generationConfig: { temperature: 1, dream: true } }), ALL],
    ['a new field', gemini({ something: 1 }), ALL],
    ['a text for Converse', blocks({ text: 'hello' }), []],
    ['a picture there', blocks({ image: { format: 'png', source: { bytes: 'x' } } }), ['vision']],
    [
      'a document in a bucket',
      blocks({ document: { source: { s3Location: { uri: 'x' } } } }),
      ['files', 'vision'],
    ],
    [
      'a tool that gave back a picture from a bucket',
      blocks({
        toolResult: { toolUseId: 'x', content: [{ image: { source: { s3Location: {} } } }] },
      }),
      ['files', 'tools', 'vision'],
    ],
    [
      'a tool that gave back something new',
      blocks({ toolResult: { content: [{ hologram: {} }] } }),
      ALL,
    ],
    ['a new block', blocks({ hologram: {} }), ALL],
    ['tools there', converse({ toolConfig: { tools: [{ toolSpec: {} }] } }), ['tools']],
    [
      'a tool of the provider',
      converse({ toolConfig: { tools: [{ systemTool: { name: 'x' } }] } }),
      ALL,
    ],
    ['what goes to the model unread', converse({ additionalModelRequestFields: {} }), ALL],
    ['a guardrail', converse({ guardrailConfig: {} }), ALL],
    [
      'a plain request',
      converse({ inferenceConfig: {}, system: [{ text: 'x' }], requestMetadata: {} }),
      [],
    ],
    ['an invoked text', cloud({ messages: [{ role: 'user', content: 'x' }] }), []],
    [
      'an invoked search',
      cloud({ messages: [], tools: [{ type: 'web_search_20250305' }] }),
      ['server_tools', 'tools', 'web_search'],
    ],
    ['invoked betas', cloud({ messages: [], anthropic_beta: ['x'] }), ALL],
  ])('%s', (_what, request, features) => {
    const { context, problems } = askedOf(request);
    expect(problems).toEqual([]);
    expect([...context.features].sort()).toEqual(features);
  });
});

describe('what is refused:', () => {
  test.each<[string, TestCheck]>([
    ['a field in both spellings', gemini('{"toolConfig":{},"tool_config":{}}')],
    ['a field twice', gemini('{"tools":[],"tools":[]}')],
    ['a field in other letters', gemini({ Tools: [] })],
    [
      'a part in both spellings',
      gemini('{"contents":[{"parts":[{"fileData":{},"file_data":{}}]}]}'),
    ],
    ['a part in other letters', parts({ FileData: {} })],
    ['a tool in other letters', gemini({ tools: [{ GoogleSearch: {} }] })],
    ['contents that are a text', gemini({ contents: 'hello' })],
    ['parts that are a text', gemini({ contents: [{ parts: 'hello' }] })],
    ['a choice of models', gemini({ generationConfig: { routingConfig: { autoMode: {} } } })],
    ['a choice of models, otherwise spelt', gemini({ generation_config: { model_config: {} } })],
    ['a store that is no switch', gemini({ store: 'false' })],
    [
      'a source twice',
      converse('{"messages":[{"content":[{"image":{"source":{"bytes":"x"},"source":{}}}]}]}'),
    ],
    [
      'a source of two kinds',
      converse('{"messages":[{"content":[{"image":{"source":{"bytes":"x","Bytes":"y"}}}]}]}'),
    ],
    ['messages that are a text', converse({ messages: 'hello' })],
    ['a block in other letters', blocks({ Text: 'x' })],
    ['another model by its id', converse({ modelId: 'x' })],
    ['another model by its engine', { body: { model: 'm', engine: 'x' } }],
    ['a list of further models', gemini({ models: ['x'] })],
  ])('%s', (_what, request) => {
    expect(problemOf(request)).not.toBe('');
  });
});
