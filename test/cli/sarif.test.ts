import { FINDING_RULES } from '../../src/cli/reporters/finding-advice';
import { uriOf } from '../../src/cli/reporters/sarif-place';
import { cli } from './support/cli';
import { CATALOG, EXAMPLE_FILES, FILES, POLICY } from './support/files';
import { schemaProblems } from './support/sarif-schema';

type Files = Readonly<Record<string, string>>;

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly snippet?: { readonly text: string };
}

interface Place {
  readonly artifactLocation: { readonly uri: string; readonly index?: number };
  readonly region?: Region;
  readonly contextRegion?: Region;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: Place }[];
  readonly relatedLocations?: readonly {
    readonly id: number;
    readonly message: { readonly text: string };
    readonly physicalLocation: Place;
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Required<Region>;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}

interface Run {
  readonly tool: {
    readonly driver: { readonly name: string; readonly version: string; readonly rules: Rule[] };
  };
  readonly columnKind: string;
  readonly invocations: readonly { executionSuccessful: boolean; exitCode: number }[];
  readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
  readonly results: readonly Result[];
}

interface Rule {
  readonly id: string;
  readonly defaultConfiguration: { readonly level: string };
}

/** Lints with `--format sarif`; what comes out is always valid. */
async function lint(files: Files, ...more: readonly string[]): Promise<Run & { code: number }> {
  const args = ['lint', '--format', 'sarif', ...Object.keys(files), ...more];
  const { stdout, code } = await cli(args, { files });
  const log = JSON.parse(stdout) as { readonly version: string; readonly runs: readonly Run[] };
  expect(schemaProblems(log)).toEqual([]);
  expect(log).toMatchObject({ version: '2.1.0', runs: [expect.anything()] });
  const [run] = log.runs;
  if (run === undefined) throw new Error('the log has no run');
  return { ...run, code };
}

async function onlyResult(files: Files, code: string): Promise<Result> {
  const found = (await lint(files)).results.filter(({ ruleId }) => ruleId === code);
  expect(found).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error(`no result ${code}`);
  return only;
}

const placeOf = ({ locations }: Result): Place => {
  const [first] = locations;
  if (first === undefined) throw new Error('no place');
  return first.physicalLocation;
};

describe('the schema of these tests', () => {
  it('refuses what is no SARIF', () => {
    expect(schemaProblems({ version: '2.1.0' })).not.toEqual([]);
    expect(schemaProblems({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).not.toEqual([]);
    const minimal = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [] }] };
    expect(schemaProblems(minimal)).toEqual([]);
  });
});

describe('lint as SARIF', () => {
  it('is one run of the tool and its version, with all files', async () => {
    const run = await lint(FILES);
    expect(run.tool.driver).toMatchObject({ name: 'ambit', version: '1.2.3' });
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.artifacts.map(({ location }) => location.uri)).toEqual([
      'policy.yaml',
      'catalog.yaml',
    ]);
  });

  it('says where a mistake is, what it is and what to do', async () => {
    const policy = POLICY.replace('max_retention_days', 'max_retention_dayz');
    const result = await onlyResult({ 'policy.yaml': policy }, 'unknown_key');
    expect(result).toMatchObject({
      level: 'error',
      message: {
        text:
          'the key `max_retention_dayz` is not known in `spec.requirements`\n' +
          'help: did you mean `max_retention_days`; write `max_retention_days: 7`',
      },
    });
    expect(placeOf(result)).toEqual({
      artifactLocation: { uri: 'policy.yaml', index: 0 },
      region: {
        startLine: 7,
        startColumn: 5,
        endColumn: 23,
        snippet: { text: 'max_retention_dayz' },
      },
      contextRegion: { startLine: 7, snippet: { text: '    max_retention_dayz: 7' } },
    });
  });

  it('proposes edits that mend the file', async () => {
    const policy = POLICY.replace('max_retention_days', 'max_retention_dayz');
    const { fixes } = await onlyResult({ 'policy.yaml': policy }, 'unknown_key');
    const change = fixes?.[0]?.artifactChanges[0];
    const edit = change?.replacements[0];
    if (change === undefined || edit === undefined) throw new Error('nothing is proposed');
    expect(change.artifactLocation.uri).toBe('policy.yaml');
    const { startLine, startColumn, endColumn } = edit.deletedRegion;
    const lines = policy.split('\n');
    const line = lines[startLine - 1] ?? '';
    lines[startLine - 1] =
      line.slice(0, startColumn - 1) + edit.insertedContent.text + line.slice(endColumn - 1);
    expect(lines.join('\n')).toBe(POLICY);
  });

  it('names the other place of a contradiction', async () => {
    const policy = `${POLICY}  providers:\n    allow: [good]\n    deny: [good]\n`;
    const files = { 'policy.yaml': policy, 'catalog.yaml': CATALOG };
    const { relatedLocations } = await onlyResult(files, 'contradiction');
    expect(relatedLocations).toEqual([
      {
        id: 1,
        message: { text: 'denied here' },
        physicalLocation: {
          artifactLocation: { uri: 'policy.yaml', index: 0 },
          region: { startLine: 10, startColumn: 12 },
        },
      },
    ]);
  });

  it.each([
    ['clean', { files: EXAMPLE_FILES, more: ['--strict'], exitCode: 0 }],
    ['warnings', { files: FILES, more: [], exitCode: 0 }],
    ['warnings, strict', { files: FILES, more: ['--strict'], exitCode: 1 }],
    ['errors', { files: { 'p.yaml': POLICY.replace('true', 'yes') }, more: [], exitCode: 1 }],
    ['a file that cannot be read', { files: FILES, more: ['nowhere.yaml'], exitCode: 2 }],
  ])('has the exit code: %s', async (_, { files, more, exitCode }) => {
    const run = await lint(files, ...more);
    expect(run.code).toBe(exitCode);
    expect(run.invocations).toEqual([{ executionSuccessful: exitCode !== 2, exitCode }]);
  });

  it('is about the file as a whole where no line is', async () => {
    const run = await lint(FILES, 'nowhere.yaml');
    const result = run.results.find(({ ruleId }) => ruleId === 'unreadable_file');
    expect(result === undefined ? undefined : placeOf(result)).toEqual({
      artifactLocation: { uri: 'nowhere.yaml' },
    });
  });

  it('says note for what is only worth knowing', async () => {
    const catalog = CATALOG.replace(
      'targets: [{ model: chat }]',
      'targets: [{ model: chat, claims: { retention_days: 0 } }]',
    );
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': catalog };
    expect((await onlyResult(files, 'claim_loosens_wider_level')).level).toBe('note');
  });

  it('stars secrets out', async () => {
    const secret = 'sk-live-0123456789abcdef';
    const policy = `${POLICY}    api_key: ${secret}\n`;
    const { stdout } = await cli(['lint', '--format', 'sarif', 'policy.yaml'], {
      files: { 'policy.yaml': policy },
    });
    expect(stdout).not.toContain(secret);
    expect(stdout).toContain(`api_key: ${'*'.repeat(secret.length)}`);
  });

  it('counts columns in UTF-16 units', async () => {
    const policy = POLICY.replace('{ name: base }', "{ description: '𝒳é', nmae: x, name: base }");
    const place = placeOf(await onlyResult({ 'policy.yaml': policy }, 'unknown_key'));
    const line = policy.split('\n')[2] ?? '';
    expect(place.region?.startColumn).toBe(line.indexOf('nmae') + 1);
    expect(place.region?.snippet?.text).toBe('nmae');
  });

  it('makes no link of what users write', async () => {
    const policy = `${POLICY}    "[x](https://example.com)": true\n`;
    const result = await onlyResult({ 'policy.yaml': policy }, 'unknown_key');
    expect(result.message.text).toContain(String.raw`\[x\](https://example.com)`);
  });
});

describe('the names of files in SARIF', () => {
  it.each([
    ['a b/ü%.yaml', 'a%20b/%C3%BC%25.yaml'],
    ['./x.yaml', './x.yaml'],
    ['../x.yaml', '../x.yaml'],
    ['/etc/ambit/a b.yaml', 'file:///etc/ambit/a%20b.yaml'],
    ['c:x?y#z.yaml', 'c%3Ax%3Fy%23z.yaml'],
    ['half\ud800.yaml', 'half%EF%BF%BD.yaml'],
  ])('%j is %s', (file, uri) => {
    expect(uriOf(file)).toBe(uri);
  });
});

describe('the rules of SARIF', () => {
  it('are all codes, and results name theirs', async () => {
    const { tool, results } = await lint(FILES);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(FINDING_RULES.map(({ code }) => code));
    expect(results).not.toEqual([]);
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('have the level of their findings', async () => {
    const { tool } = await lint(FILES);
    const levels = tool.driver.rules.map((rule) => rule.defaultConfiguration.level);
    expect(new Set(levels)).toEqual(new Set(['error', 'warning', 'note']));
  });
});

describe('fingerprints', () => {
  const printsOf = async (policy: string): Promise<readonly string[]> => {
    const files = { 'policy.yaml': policy, 'catalog.yaml': CATALOG };
    const { results } = await lint(files);
    return results.map(({ partialFingerprints }) => partialFingerprints['ambitFinding/v1'] ?? '');
  };
  const TWICE = POLICY.replace('max_retention_days: 7', 'max_retention_dayz: 7\n    gpdr: true');

  it('differ among the findings of a run', async () => {
    const prints = await printsOf(TWICE);
    expect(prints).toHaveLength(2);
    expect(new Set(prints).size).toBe(2);
    const same = `---\n${POLICY.replace('gdpr', '').replace('true', 'yes')}`;
    const twins = await printsOf(same + same.replace('base', 'base2'));
    expect(twins.length).toBeGreaterThan(1);
    expect(new Set(twins).size).toBe(twins.length);
  });

  it('stay when lines move, also those that messages name', async () => {
    const moved = `# one line more\n\n${TWICE}`;
    expect(await printsOf(moved)).toEqual(await printsOf(TWICE));
    const listed = `${POLICY}  providers:\n    allow: [good]\n    deny: [good]\n`;
    expect(await printsOf(`# moved\n${listed}`)).toEqual(await printsOf(listed));
  });

  it('change with the line', async () => {
    const changed = await printsOf(TWICE.replace('gpdr: true', 'gpdr: false'));
    const before = await printsOf(TWICE);
    expect(changed[0]).toBe(before[0]);
    expect(changed[1]).not.toBe(before[1]);
  });
});
