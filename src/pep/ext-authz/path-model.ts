import { MAX_MODEL_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';

/** A model's name as a path gives it, or why it is none. The problem never repeats the path. */
export type PathModel = { readonly model: string } | { readonly problem: string };

/** Characters that stand in a path as they are (RFC 3986), or in percent-encoding. */
const SEGMENT = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+$/;

/**
 * What a decoded name must not hold: separators, which another reader could act on; a further percent sign, which
 * could be decoded again; what does not print, and spaces.
 */
const UNFIT = /[/\\?#%\s\p{C}]/u;

/** Decodes the model of a path, once and strictly. */
export function readPathModel(segment: string): PathModel {
  if (!SEGMENT.test(segment)) return { problem: UNREADABLE };
  const model = decoded(segment);
  if (model === undefined || UNFIT.test(model)) return { problem: UNREADABLE };
  if (model === '.' || model === '..') return { problem: UNREADABLE };
  if (!exceedsBytes(model, MAX_MODEL_BYTES)) return { model };
  return { problem: `the model in the path has more than ${String(MAX_MODEL_BYTES)} bytes` };
}

const UNREADABLE = 'the model in the path is not written as names of models are';

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
