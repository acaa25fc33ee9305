import { isObject } from '../json-object';
import { foldWords } from './body-forms';
import { unite } from './features';
import { fieldTable, keyed, listOf, whenPresent } from './field-readers';
import type { FieldReader, FieldTable } from './field-readers';

/** What is seen or heard; what lies in a bucket is a file. */
const medium =
  (feature: 'vision' | 'audio'): FieldReader =>
  (value) =>
    namesBucket(value) ? [feature, 'files'] : [feature];

function namesBucket(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, item]) => foldWords(key) === 's3location' || namesBucket(item),
  );
}

const image = medium('vision');
const video: FieldReader = (value) => unite([medium('vision')(value), medium('audio')(value)]);

/** What a tool of the client's gave back. */
const resultBlock = keyed(
  fieldTable('text json', { image, document: image, video, audio: medium('audio') }),
);

const toolResult: FieldReader = (value) =>
  unite([
    ['tools'],
    keyed(fieldTable('toolUseId status type', { content: listOf(resultBlock) }))(value),
  ]);

const block = keyed(
  fieldTable('text cachePoint', {
    image,
    document: image,
    video,
    audio: medium('audio'),
    guardContent: whenPresent('vision'),
    toolUse: whenPresent('tools'),
    toolResult,
    reasoningContent: whenPresent('reasoning'),
  }),
);

const message = keyed(fieldTable('role', { content: listOf(block) }));

/** `systemTool` is run by the provider, and its name says what it does; so it could be any feature. */
const tool = keyed(fieldTable('cachePoint', { toolSpec: whenPresent('tools') }));

/**
 * The fields of a `ConverseRequest`. What goes to the model unread (`additionalModelRequestFields`), is processed
 * elsewhere (`guardrailConfig`) or may be (`performanceConfig`) is not listed, so that it could be any feature.
 */
export const CONVERSE_FIELDS: FieldTable = fieldTable(
  'inferenceConfig requestMetadata additionalModelResponseFieldPaths serviceTier',
  {
    messages: listOf(message),
    system: listOf(block),
    toolConfig: keyed(fieldTable('toolChoice', { tools: listOf(tool) })),
    outputConfig: whenPresent('structured_output'),
  },
);
