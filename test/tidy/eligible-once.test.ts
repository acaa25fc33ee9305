import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './support/project-files';

const SRC = join(__dirname, '..', '..', 'src');

/** Every file that somebody wrote; generated code only carries what it is given. */
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.ts') && !name.startsWith('src/gen/'));

/** `eligible: true` as a value, in any spelling; the type of the verdict says `readonly` before it. */
const BUILT = /(?<!readonly )\beligible\b['"\]]*\s*[:=](?!=)\s*(?:true|!0|!!|Boolean\()/g;

/** A value that the compiler is told to take for an eligible verdict. */
const ASSERTED =
  /\b(?:as|satisfies)\s+(?:EligibleVerdict|Verdict)\b|<(?:EligibleVerdict|Verdict)>(?=[\s{(])/g;

function placesOf(pattern: RegExp): readonly string[] {
  return FILES.flatMap((file) => Array.from(textOf(file).matchAll(pattern), () => file));
}

describe('the eligible verdict', () => {
  it('is built at exactly one place', () => {
    expect(placesOf(BUILT)).toEqual(['src/core/engine/verdict.ts']);
  });

  it('is nowhere made by telling the compiler so', () => {
    expect(placesOf(ASSERTED)).toEqual([]);
  });

  it.each([
    'return { eligible: true, ref };',
    'verdict.eligible = true;',
    "verdict['eligible'] = true;",
    "{ 'eligible': true }",
    '{ eligible: !0 }',
  ])('would be found as %s', (text) => {
    expect(text.match(BUILT)).toHaveLength(1);
  });

  it.each(['readonly eligible: true;', 'verdict.eligible === true', '{ eligible: false }'])(
    'is not what %s says',
    (text) => {
      expect(text.match(BUILT)).toBeNull();
    },
  );

  it('is built where the invariant is written down', () => {
    expect(textOf('src/core/engine/verdict.ts')).toContain('INVARIANT');
  });
});
