import type { Feature } from '../../core/model/api';
import { EVERY_FEATURE, unite } from './features';
import type { FeatureReading } from './features';
import { hasVariantOf, isObject } from '../json-object';
import type { JsonObject } from '../json-object';

const NOTHING: readonly Feature[] = [];
const TOOLS: readonly Feature[] = ['tools'];
const REASONING: readonly Feature[] = ['reasoning'];
const VISION: readonly Feature[] = ['vision'];

/** Messages, items and their parts by type. Only types are looked at, never what they hold. */
const FEATURES_BY_TYPE: ReadonlyMap<string, readonly Feature[]> = new Map([
  ['message', NOTHING],
  ['text', NOTHING],
  ['input_text', NOTHING],
  ['output_text', NOTHING],
  ['refusal', NOTHING],
  ['image', VISION],
  ['image_url', VISION],
  ['input_image', VISION],
  ['document', VISION],
  ['file', VISION],
  ['input_file', VISION],
  ['input_audio', ['audio']],
  ['tool_use', TOOLS],
  ['tool_result', TOOLS],
  ['function_call', TOOLS],
  ['function_call_output', TOOLS],
  ['custom_tool_call', TOOLS],
  ['custom_tool_call_output', TOOLS],
  ['thinking', REASONING],
  ['redacted_thinking', REASONING],
  ['reasoning', REASONING],
  ['item_reference', ['store']],
]);

/** Keys that tell what a part is; a part that spells them otherwise is not understood. */
const TELLING_KEYS = ['type', 'content', 'output', 'source', 'file_id', 'tool_calls', 'audio'];

/** What `messages`, `input` or `system` use: a text, or a list of messages, items or parts. */
export function contentFeatures(content: unknown): FeatureReading {
  if (content === undefined || content === null || typeof content === 'string') return NOTHING;
  if (!Array.isArray(content)) return 'unreadable';
  return unite(content.map(featuresOfPart));
}

function featuresOfPart(part: unknown): FeatureReading {
  if (typeof part === 'string') return NOTHING;
  if (!isObject(part) || hasVariantOf(part, TELLING_KEYS)) return 'unreadable';
  const { type, content, output, source, tool_calls: toolCalls, audio } = part;
  return unite([
    featuresOfType(type, 'role' in part),
    namesFile(part) ? ['files'] : NOTHING,
    toolCalls === undefined || toolCalls === null ? NOTHING : TOOLS,
    // An earlier spoken answer, named by the id under which the provider keeps it.
    audio === undefined || audio === null ? NOTHING : ['audio', 'store'],
    contentFeatures(content),
    contentFeatures(output),
    isObject(source) ? contentFeatures(source['content']) : NOTHING,
  ]);
}

/** A message of the older APIs has a role and no type. Without either, an item is a reference to a stored one. */
function featuresOfType(type: unknown, hasRole: boolean): FeatureReading {
  if (type === undefined) return hasRole ? NOTHING : EVERY_FEATURE;
  if (typeof type !== 'string') return 'unreadable';
  return FEATURES_BY_TYPE.get(type) ?? EVERY_FEATURE;
}

/** True if the part, or an object in it, names a file that was uploaded before. */
function namesFile(part: JsonObject): boolean {
  const places = [part, ...Object.values(part).filter(isObject)];
  return places.some((place) => 'file_id' in place || hasVariantOf(place, ['file_id', 'content']));
}
