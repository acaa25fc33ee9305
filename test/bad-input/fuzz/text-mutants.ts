import * as fc from 'fast-check';

/** Words that mean something to YAML, JSON or a reader of ours, and characters that hide. */
const WORDS = [
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '|',
  '>',
  '#',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '? ',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  '\n',
  '\t',
  ' ',
  '  ',
  '\r',
  '\r\n',
  '\0',
  '\uFEFF',
  '\u202E',
  '\u001B[2J',
  '\u200B',
  '\uD800',
  'true',
  '[]',
  '{}',
  '""',
  '"true"',
  '"0"',
  '0.5',
  '[a, a]',
  'yes',
  'null',
  '~',
  '0',
  '-1',
  '1e309',
  '.nan',
  '0x1F',
  '007',
  '9007199254740993',
  '1_000',
  '__proto__',
  'constructor',
  'x',
  'é',
  '😀',
  '\uFF41',
  '\\u0000',
];

/** One change of a text: to its lines, its words or its characters. */
type Change =
  | {
      readonly kind: 'splice';
      readonly at: number;
      readonly remove: number;
      readonly insert: string;
    }
  | {
      readonly kind: 'drop line' | 'double line' | 'indent line' | 'dedent line';
      readonly at: number;
    }
  | { readonly kind: 'swap lines' | 'swap values'; readonly at: number; readonly to: number }
  | { readonly kind: 'value'; readonly at: number; readonly insert: string }
  | { readonly kind: 'key'; readonly at: number; readonly insert: string }
  | { readonly kind: 'cut'; readonly at: number };

const place = fc.nat(100_000);
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 6 }));

const CHANGE: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('splice' as const), at: place, remove: fc.nat(8), insert: word }),
  fc.record({
    kind: fc.constantFrom(
      'drop line' as const,
      'double line' as const,
      'indent line' as const,
      'dedent line' as const,
    ),
    at: place,
  }),
  fc.record({
    kind: fc.constantFrom('swap lines' as const, 'swap values' as const),
    at: place,
    to: place,
  }),
  fc.record({ kind: fc.constantFrom('value' as const, 'key' as const), at: place, insert: word }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
);

/** Up to four changes; none at all now and then, so that what is right is seen, too. */
export const CHANGES: fc.Arbitrary<readonly Change[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 9, arbitrary: fc.array(CHANGE, { minLength: 1, maxLength: 4 }) },
);

/** The text with the changes made, one after the other. */
export function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce(change, text);
}

function change(text: string, how: Change): string {
  if (how.kind === 'splice') {
    const at = how.at % (text.length + 1);
    return text.slice(0, at) + how.insert + text.slice(at + how.remove);
  }
  if (how.kind === 'cut') return text.slice(0, how.at % (text.length + 1));
  const lines = text.split('\n');
  const at = how.at % lines.length;
  const line = lines[at] ?? '';
  switch (how.kind) {
    case 'drop line':
      return lines.toSpliced(at, 1).join('\n');
    case 'double line':
      return lines.toSpliced(at, 0, line).join('\n');
    case 'indent line':
      return lines.with(at, `  ${line}`).join('\n');
    case 'dedent line':
      return lines.with(at, line.replace(/^ {1,2}/u, '')).join('\n');
    case 'value':
      return lines
        .with(
          at,
          line.replace(/(:\s|-\s|^)[^:]*$/u, (_, before: string) => before + how.insert),
        )
        .join('\n');
    case 'key':
      return lines.with(at, line.replace(/[\w-]+(?=:)/u, how.insert)).join('\n');
    case 'swap lines':
    case 'swap values':
      return swap(lines, { at, to: how.to % lines.length, isWhole: how.kind === 'swap lines' });
  }
}

function swap(
  lines: readonly string[],
  { at, to, isWhole }: { readonly at: number; readonly to: number; readonly isWhole: boolean },
): string {
  const [first = '', second = ''] = [lines[at], lines[to]];
  if (isWhole) return lines.with(at, second).with(to, first).join('\n');
  const [, key = '', value = ''] = /^(.*?:\s)(.*)$/u.exec(first) ?? [];
  const [, otherKey = '', otherValue = ''] = /^(.*?:\s)(.*)$/u.exec(second) ?? [];
  if (key === '' || otherKey === '') return lines.join('\n');
  return lines
    .with(at, key + otherValue)
    .with(to, otherKey + value)
    .join('\n');
}
