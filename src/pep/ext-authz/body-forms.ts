import { foldKeyLoosely } from '../strict-json';

/**
 * Forms of bodies that Ambit can read: one JSON object each. `converse` is Bedrock's own; `cloud_messages` is Anthropic's
 * as clouds take it, with the version in the body and the model in the path.
 */
export const BODY_FORMS = [
  'chat_completions',
  'responses',
  'messages',
  'embeddings',
  'gemini',
  'converse',
  'cloud_messages',
] as const;

/** A form of a body. */
export type BodyForm = (typeof BODY_FORMS)[number];

/** As deep as the parts of a message, `messages[0].content[0]`: below are values that nothing here reads. */
const DEPTH_OF_PARTS = 5;

/** Converse says in `messages[0].content[0].image.source` whether it means something that is stored. */
const DEPTH_OF_SOURCES = 7;

/** Objects as deep as this must not name a key twice. */
export function checkedDepthOf(form: BodyForm): number {
  return form === 'converse' ? DEPTH_OF_SOURCES : DEPTH_OF_PARTS;
}

/** What makes two keys of a form the same. Google's readers take `system_instruction` for `systemInstruction`. */
export function foldKeyOf(form: BodyForm): (key: string) => string {
  return form === 'gemini' ? foldWords : foldKeyLoosely;
}

/** Keys that are equal to readers that ignore case, and take words with and without underscores for the same. */
export function foldWords(key: string): string {
  return foldKeyLoosely(key).replaceAll('_', '');
}
