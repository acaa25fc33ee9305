import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_RULES } from '../../src/cli/reporters/finding-advice';
import { SET_FINDING_CODES } from '../../src/core/policy/set-finding';
import { FILE_FINDING_CODES } from '../../src/dialects/yaml/finding-codes';
import { LOAD_FINDING_CODES } from '../../src/service/load-finding';
import { TEST_FINDING_CODES } from '../../src/service/policy-tests/test-finding';
import { tableRows, textOf } from './support/project-files';

const PAGE = textOf('docs/findings.md');

/** Codes and meanings in the order of the page's sections. */
const LISTS = [
  LOAD_FINDING_CODES,
  FILE_FINDING_CODES,
  SET_FINDING_CODES,
  TEST_FINDING_CODES,
] as const;
const CODES = LISTS.flatMap((list) => Object.keys(list));

/** Rows of the page's tables, by section: code, level, meaning, what to do. */
const ROWS = PAGE.split(/^## .*$/mu)
  .slice(1)
  .map((section) => tableRows(section).slice(2));

/** The one place of each kind that makes findings; each takes codes of one list only, which the compiler checks. */
const MAKERS = [
  'src/cli/load-bundle.ts',
  'src/core/policy/set-finding.ts',
  'src/dialects/keeptrusts/notes.ts',
  'src/dialects/yaml/report.ts',
  'src/service/load-finding.ts',
  'src/service/policy-tests/test-finding.ts',
];

/** Codes that are put together, as code writes them. */
const TEMPLATES: readonly (readonly [text: string, codes: RegExp])[] = [
  ['unknown_${kind}', /^unknown_(?:provider|endpoint|credential|target)$/u],
  ['${effect}_matches_nothing', /^(?:allow|deny)_matches_nothing$/u],
];

/** True if the text names the code as a word of its own, or as what its template gives. */
function names(text: string, code: string): boolean {
  const isTemplated = TEMPLATES.some(
    ([template, codes]) => codes.test(code) && text.includes(template),
  );
  return isTemplated || new RegExp(`(?<!\\w)${code}(?!\\w)`, 'u').test(text);
}

function filesUnder(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(__dirname, '../..', folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => ending.test(name));
}

describe('docs/findings.md', () => {
  it('has a row for each code, in the order of the lists, with the meaning that they give', () => {
    const listed = LISTS.map((list) =>
      Object.entries(list).map(([code, meaning]) => [code, meaning]),
    );
    expect(ROWS.map((rows) => rows.map(([code, , meaning]) => [code, meaning]))).toEqual(listed);
    expect(CODES.length).toBeGreaterThan(60);
  });

  it('says of each how bad it is and what to do', () => {
    const LEVEL =
      /^(?:error|warning|info|error, warning|warning, info|error in native files, else warning)$/u;
    const lacking = ROWS.flat().filter(
      ([, level, , remedy]) => !LEVEL.test(level ?? '') || (remedy ?? '') === '',
    );
    expect(lacking).toEqual([]);
  });

  it('is what the pages of dialects refer to', () => {
    const page =
      textOf('docs/dialects/keeptrusts.md').split('## Findings of this dialect')[1] ?? '';
    const own = tableRows(page).slice(2);
    expect(own.length).toBeGreaterThan(10);
    const levels = new Map(ROWS.flat().map(([code, level]) => [code, level]));
    const strays = own.filter(
      ([code, level]) => !(levels.get(code) ?? 'none').includes(level ?? ''),
    );
    expect(strays).toEqual([]);
  });
});

describe('the rules of SARIF', () => {
  it('say what the page says: the worst level, and what to do', () => {
    // What only `ambit test` reports is no finding of files.
    const codes = new Set(FINDING_RULES.map((rule) => rule.code));
    const rows = ROWS.flat().filter(([code = '']) => codes.has(code));
    const shown = rows.map(([code, level = '', meaning, remedy = '']) => ({
      code,
      severity: level.split(/[, ]/u)[0],
      meaning,
      // A program has no use for the links between pages.
      remedy: remedy.replaceAll(/ \(\[[^\]]*\]\([^)]*\)\)/gu, ''),
    }));
    const plain = FINDING_RULES.map((rule) => ({
      ...rule,
      remedy: rule.remedy.replaceAll('`', ''),
    }));
    expect(plain).toEqual(shown);
  });
});

describe('the codes of findings', () => {
  it('stand in one list each', () => {
    expect(new Set(CODES).size).toBe(CODES.length);
    expect(CODES.filter((code) => !/^[a-z][a-z0-9_]*$/u.test(code))).toEqual([]);
  });

  it('are all there are: findings are made in few places', () => {
    const makers = filesUnder('src', /\.ts$/u).filter((file) => {
      const makes = /severity[:,]/u.test(textOf(file)) && textOf(file).includes('endColumn');
      return makes && !file.startsWith('src/gen/') && !textOf(file).includes('interface Finding {');
    });
    // Those that only show findings read them and make none.
    const showing = makers.filter((file) => /^src\/(?:pep|cli\/reporters)\//u.test(file));
    expect(makers.filter((file) => !showing.includes(file)).sort()).toEqual(MAKERS);
  });

  it('are all used', () => {
    const source = filesUnder('src', /\.ts$/u)
      .map(textOf)
      .join('\n')
      // The lists themselves, which are frozen objects, say nothing of use.
      .replaceAll(/Object\.freeze\(\{[\s\S]*?\}/gu, '');
    const unused = CODES.filter((code) => !names(source, code));
    expect(unused).toEqual([]);
  });

  it('are each met by a test', () => {
    const tests = filesUnder('test', /(?:\.test\.ts|\.expected\.yaml)$/u)
      .filter((file) => !file.startsWith('test/tidy/'))
      .map(textOf)
      .join('\n');
    const unmet = CODES.filter((code) => !names(tests, code));
    expect(unmet).toEqual([]);
  });
});
