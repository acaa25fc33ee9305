/** Told of every key of every object, in order. `depth` is 1 for those of the outermost object. */
export type KeyListener = (key: string, depth: number) => void;

/** A JSON value, or why the text is none. */
export type JsonReading = { readonly value: unknown } | { readonly problem: string };

/** How strict to be. */
export interface JsonStrictness {
  /** Nesting beyond this is refused. */
  readonly maxDepth: number;
  /** Objects as deep as this or less must not name a key twice; deeper ones are content and not looked at. */
  readonly checkedDepth: number;
  /** What makes two keys the same. */
  readonly foldKey: (key: string) => string;
  readonly onKey?: KeyListener;
}

/** Parses JSON (RFC 8259) and refuses what parsers disagree about: doubled keys, and nesting without end. */
export function readStrictJson(text: string, strictness: JsonStrictness): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'is no JSON' };
  }
  const problem = scanKeys(text, strictness);
  return problem === undefined ? { value } : { problem };
}

/** Keys that are equal however a lenient parser compares them: letters of all cases and widths are one. */
export function foldKeyLoosely(key: string): string {
  return key.normalize('NFKC').toUpperCase().toLowerCase();
}

/** Keys that are the same text. */
export function keepKey(key: string): string {
  return key;
}

type Container = { readonly keys: Set<string> } | 'list';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;

/** The text is valid JSON, so a string that a colon follows is a key. */
function scanKeys(text: string, strictness: JsonStrictness): string | undefined {
  const open: Container[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        open.push(text.charCodeAt(at) === OPEN_LIST ? 'list' : { keys: new Set() });
        if (open.length > strictness.maxDepth) {
          return `is nested deeper than ${String(strictness.maxDepth)} levels`;
        }
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        open.pop();
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        const container = open.at(-1);
        if (container !== undefined && container !== 'list' && isFollowedByColon(text, end)) {
          const key = keyAt(text, at, end);
          strictness.onKey?.(key, open.length);
          if (
            open.length <= strictness.checkedDepth &&
            !remember(container.keys, key, strictness)
          ) {
            return `has the key \`${key.slice(0, 64)}\` twice`;
          }
        }
        at = end - 1;
        break;
      }
      default:
        break;
    }
  }
  return undefined;
}

/** The place after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text.charAt(at))) at += 1;
  return text.charCodeAt(at) === COLON;
}

function keyAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inner;
}

/** False if the key, or one that folds to the same, is there already. */
function remember(keys: Set<string>, key: string, { foldKey }: JsonStrictness): boolean {
  const folded = foldKey(key);
  if (keys.has(folded)) return false;
  keys.add(folded);
  return true;
}
