import { isObject } from '../json-object';
import { EVERY_FEATURE } from './features';
import {
  fieldTable,
  flag,
  keyed,
  listOf,
  refusedField,
  whenPresent,
  withBothSpellings,
} from './field-readers';
import type { FieldReader, FieldTable } from './field-readers';

/** A table of names as Google's JSON spells them. */
function google(plainNames: string, others: Readonly<Record<string, FieldReader>>): FieldTable {
  return withBothSpellings(fieldTable(plainNames, others));
}

const tools = whenPresent('tools');
const search = whenPresent('tools', 'server_tools', 'web_search');
const execution = whenPresent('tools', 'server_tools', 'code_execution');
const stored = whenPresent('tools', 'server_tools', 'files');

/** Bytes in the request itself; the type says whether they are heard or seen. */
const inlineData: FieldReader = (value) => {
  const type = isObject(value) ? (value['mimeType'] ?? value['mime_type']) : undefined;
  if (typeof type !== 'string') return ['vision', 'audio'];
  if (/^audio\//i.test(type)) return ['audio'];
  return /^video\//i.test(type) ? ['vision', 'audio'] : ['vision'];
};

/** What a function gave back; parts in it could name files. */
const functionResponse: FieldReader = (value) => {
  const isPlain = isObject(value) && Object.keys(value).every((key) => PLAIN_RESPONSE.has(key));
  return isPlain ? ['tools'] : EVERY_FEATURE;
};
const PLAIN_RESPONSE: ReadonlySet<string> = new Set('id name response scheduling'.split(' '));

const part = keyed(
  google('text videoMetadata mediaResolution partMetadata', {
    inlineData,
    fileData: whenPresent('files', 'vision'),
    functionCall: tools,
    functionResponse,
    executableCode: whenPresent('code_execution', 'server_tools'),
    codeExecutionResult: whenPresent('code_execution', 'server_tools'),
    thought: whenPresent('reasoning'),
    thoughtSignature: whenPresent('reasoning'),
  }),
);

/** One, or a list of them: a lenient reader takes a single one for a list. */
const oneOrMore =
  (read: FieldReader): FieldReader =>
  (value) =>
    isObject(value) ? read(value) : listOf(read)(value);

const content = keyed(google('role', { parts: oneOrMore(part) }));

const tool = keyed(
  google('', {
    functionDeclarations: tools,
    computerUse: tools,
    googleSearch: search,
    googleSearchRetrieval: search,
    enterpriseWebSearch: search,
    urlContext: search,
    codeExecution: execution,
    googleMaps: whenPresent('tools', 'server_tools'),
    mcpServers: whenPresent('tools', 'server_tools'),
    fileSearch: stored,
    retrieval: stored,
  }),
);

const modalities: FieldReader = (value) => (/audio/i.test(JSON.stringify(value)) ? ['audio'] : []);

const generationConfig = keyed(
  google(
    `temperature topP topK candidateCount maxOutputTokens stopSequences presencePenalty frequencyPenalty seed
    responseLogprobs logprobs responseMimeType mediaResolution imageConfig audioTimestamp enableEnhancedCivicAnswers`,
    {
      responseSchema: whenPresent('structured_output'),
      responseJsonSchema: whenPresent('structured_output'),
      thinkingConfig: whenPresent('reasoning'),
      responseModalities: modalities,
      speechConfig: whenPresent('audio'),
      // Vertex chooses the model by these.
      routingConfig: refusedField,
      modelConfig: refusedField,
      modelSelectionConfig: refusedField,
    },
  ),
);

const nullable =
  (read: FieldReader): FieldReader =>
  (value) =>
    value === null ? [] : read(value);

/** The fields of a `GenerateContentRequest`, of the Gemini API and of Vertex AI, but `model`. */
export const GEMINI_FIELDS: FieldTable = google('safetySettings toolConfig labels serviceTier', {
  contents: oneOrMore(content),
  systemInstruction: nullable(content),
  generationConfig: nullable(generationConfig),
  tools: oneOrMore(tool),
  cachedContent: whenPresent('store', 'files'),
  store: flag('store', 'no_store'),
});
