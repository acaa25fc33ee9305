import { chance, pick, type Source } from '../../generators/source';

/** Texts that end a line, an element or a terminal's patience, or are names that every object has. */
const TEXTS = [
  '\u001b[2J\u001b]0;owned\u0007',
  'a\nnot proven: 0 findings\r\n',
  '\u202eder\u2066\u200b\ufeff\u2028',
  '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
  `" onload="alert(1)" x='`,
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  '',
  'x'.repeat(3000),
] as const;

const NUMBERS = [-1, -0.5, 1e308, 2 ** 53, 2 ** 53 - 1, 2 ** 32 - 1, 8.64e15, 0] as const;

const INSTANTS = [
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  'NaN',
] as const;

const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u001b[31m'] as const;

/** How many values are exchanged for others of the same type, of a hundred. */
const CHANGED = 4;

/** One of so many becomes something else altogether. */
const OTHER = 500;

/** A value of JSON with some of its values exchanged for what nobody expects there, most of the same type. */
export function hostileJson(value: unknown, source: Source): unknown {
  if (source.below(OTHER) === 0)
    return pick(source, [null, [], {}, true, pick(source, NUMBERS), '']);
  if (Array.isArray(value)) return value.map((each) => hostileJson(each, source));
  if (typeof value === 'object' && value !== null) return hostileObject(value, source);
  if (!chance(source, CHANGED)) return value;
  if (typeof value === 'number') return pick(source, NUMBERS);
  if (typeof value !== 'string') return value;
  return pick(source, /^\d{4}-/.test(value) ? INSTANTS : TEXTS);
}

/** `__proto__` becomes a key of its own, as `JSON.parse` makes it. */
function hostileObject(value: object, source: Source): unknown {
  const entries = Object.entries(value).map(([key, each]): readonly [string, unknown] => [
    key,
    hostileJson(each, source),
  ]);
  const added =
    source.below(OTHER) === 0 ? [[pick(source, KEYS), pick(source, TEXTS)] as const] : [];
  return Object.fromEntries([...entries, ...added]);
}
