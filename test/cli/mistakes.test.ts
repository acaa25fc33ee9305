import { cli } from './support/cli';
import { CATALOG, POLICY } from './support/files';

interface Mistake {
  readonly name: string;
  /** What stands in policy.yaml, and what is written instead. */
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** What the marks stand under. */
  readonly marked: string;
  readonly help?: RegExp;
}

const RULES = 'requirements:\n';

/** The twenty slips that policy tools were compared by, each made in the policy of these tests. */
const MISTAKES: readonly Mistake[] = [
  {
    name: 'a misspelt requirement',
    from: 'require_no_training',
    to: 'require_no_trainning',
    code: 'unknown_key',
    marked: 'require_no_trainning',
    help: /did you mean `require_no_training`; write `require_no_training: true`/,
  },
  {
    name: 'a requirement in camel case',
    from: 'max_retention_days',
    to: 'maxRetentionDays',
    code: 'unknown_key',
    marked: 'maxRetentionDays',
    help: /write `max_retention_days: 7`/,
  },
  {
    name: 'a key of another level',
    from: 'spec:\n',
    to: 'spec:\n  gdpr: true\n',
    code: 'unknown_key',
    marked: 'gdpr',
    help: /known keys are `mode`, /,
  },
  {
    name: 'a misspelt top-level key',
    from: 'spec:',
    to: 'sepc:',
    code: 'unknown_key',
    marked: 'sepc',
    help: /`spec`/,
  },
  {
    name: 'a number in quotes',
    from: 'days: 7',
    to: "days: '7'",
    code: 'quoted_number',
    marked: "'7'",
    help: /write 7 without quotes/,
  },
  {
    name: 'a boolean in quotes',
    from: 'training: true',
    to: 'training: "false"',
    code: 'quoted_boolean',
    marked: '"false"',
  },
  {
    name: 'yes for true',
    from: 'training: true',
    to: 'training: yes',
    code: 'yaml_1_1_boolean',
    marked: 'yes',
    help: /write `require_no_training: true`/,
  },
  {
    name: 'a negative number',
    from: 'days: 7',
    to: 'days: -1',
    code: 'negative_number',
    marked: '-1',
    help: /write 0 or more/,
  },
  {
    name: 'a number with a unit',
    from: 'days: 7',
    to: 'days: 7d',
    code: 'wrong_type',
    marked: '7d',
  },
  {
    name: 'a switch that demands nothing',
    from: 'training: true',
    to: 'training: false',
    code: 'states_nothing',
    marked: 'false',
    help: /remove the line/,
  },
  {
    name: 'a key that stands twice',
    from: RULES,
    to: `${RULES}    max_retention_days: 0\n`,
    code: 'duplicate_key',
    marked: 'max_retention_days',
    help: /remove one of the two/,
  },
  {
    name: 'an empty list',
    from: RULES,
    to: `${RULES}    processing_regions: []\n`,
    code: 'empty_list',
    marked: '[]',
    help: /an absent list says nothing/,
  },
  {
    name: 'a word where a list belongs',
    from: RULES,
    to: `${RULES}    processing_regions: eu\n`,
    code: 'wrong_type',
    marked: 'eu',
    help: /write `processing_regions: \[eu\]`/,
  },
  {
    name: 'a region that is none',
    from: RULES,
    to: `${RULES}    processing_regions: [EUR]\n`,
    code: 'unknown_value',
    marked: 'EUR',
    help: /ISO 3166-1/,
  },
  {
    name: 'an apiVersion that is not known',
    from: 'ambit/v1',
    to: 'ambit/v2',
    code: 'unknown_value',
    marked: 'ambit/v2',
    help: /`ambit\/v1`/,
  },
  {
    name: 'a mode that is not known',
    from: 'spec:\n',
    to: 'spec:\n  mode: enforced\n',
    code: 'unknown_value',
    marked: 'enforced',
    help: /`enforce`/,
  },
  {
    name: 'a provider that the catalog lacks, which is a warning, for it lets nothing through',
    from: 'spec:\n',
    to: 'spec:\n  providers: { allow: [god] }\n',
    code: 'allow_matches_nothing',
    marked: 'god',
    help: /correct the name/,
  },
  {
    name: 'a deny entry that matches nothing',
    from: 'spec:\n',
    to: 'spec:\n  models: { deny: [chta*] }\n',
    code: 'deny_matches_nothing',
    marked: 'chta*',
    help: /future/,
  },
  {
    name: 'one provider both allowed and denied',
    from: 'spec:\n',
    to: 'spec:\n  providers: { allow: [good], deny: [good] }\n',
    code: 'contradiction',
    marked: 'good',
    help: /the denial wins/,
  },
  {
    name: 'an indentation that YAML does not accept',
    from: '    require_no_training',
    to: '\trequire_no_training',
    code: 'tab_indentation',
    marked: '\t',
  },
];

/** The lines of the first finding with the code: head, place, bar, excerpt, marks, help. */
function findingWith(code: string, report: string): readonly string[] {
  const blocks = report.split('\n\n').map((block) => block.split('\n'));
  const found = blocks.find(([head]) => head?.includes(`[${code}]: `) === true);
  if (found === undefined) throw new Error(`no finding [${code}] in:\n${report}`);
  return found;
}

/** The text that stands over the marks. */
function markedWord(block: readonly string[]): string {
  const index = block.findIndex((line) => /^ *\| +\^+$/.test(line));
  const [excerpt = '', marks = ''] = [block[index - 1], block[index]];
  const start = marks.indexOf('^');
  return excerpt.slice(start, marks.length);
}

describe('a usual mistake', () => {
  it('is one of twenty', () => {
    expect(MISTAKES).toHaveLength(20);
  });

  it.each(MISTAKES)('$name', async ({ from, to, code, marked, help }) => {
    expect(POLICY).toContain(from);
    const policy = POLICY.replace(from, to);
    const run = await cli(['lint', '--strict', 'policy.yaml', 'catalog.yaml'], {
      files: { 'policy.yaml': policy, 'catalog.yaml': CATALOG },
    });
    expect(run.code).toBe(1);
    const block = findingWith(code, run.stdout);
    expect(block[1]).toMatch(/^ *--> policy\.yaml:\d+:\d+$/);
    expect(markedWord(block)).toBe(marked.replace('\t', ' '));
    if (help !== undefined) expect(block.join('\n')).toMatch(help);
  });

  it('is an error unless it lets nothing through', async () => {
    const lenient = await Promise.all(
      MISTAKES.map(async ({ from, to, code }) => {
        const files = { 'policy.yaml': POLICY.replace(from, to), 'catalog.yaml': CATALOG };
        const run = await cli(['lint', 'policy.yaml', 'catalog.yaml'], { files });
        return run.code === 0 ? [code] : [];
      }),
    );
    expect(lenient.flat()).toEqual(['allow_matches_nothing']);
  });

  it('keeps decide and explain from answering, with the same report', async () => {
    const files = { 'policy.yaml': POLICY.replace('7', "'7'"), 'catalog.yaml': CATALOG };
    const lint = await cli(['lint', 'policy.yaml', 'catalog.yaml'], { files });
    for (const command of ['decide', 'explain']) {
      const run = await cli([command, '-p', 'policy.yaml', '-p', 'catalog.yaml', '-m', 'chat'], {
        files,
      });
      expect(run).toMatchObject({ code: 1, stdout: '' });
      expect(lint.stdout).toContain(run.stderr);
    }
  });
});
