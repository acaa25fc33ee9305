import { cli } from './support/cli';
import { CATALOG, POLICY } from './support/files';

/** Each finding about a reference, made in a catalog or policy, with the word that must be marked. */
const CASES: readonly (readonly [
  code: string,
  change: readonly [string, string],
  marked: string,
])[] = [
  ['unknown_endpoint', ['{ model: chat }', '{ model: chat, endpoint: "gone" }'], '"gone"'],
  ['unknown_credential', ['{ model: chat }', '{ model: chat, credential: gone }'], 'gone'],
  ['unknown_target', ['{ model: chat }', '{ model: chat, reaches: [keeps/chat, gone] }'], 'gone'],
  [
    'unknown_provider',
    ['spec:\n', "spec:\n  targets: [{ provider: 'gone', model: m }]\n"],
    "'gone'",
  ],
  [
    'duplicate_target',
    ['{ model: chat }', "{ id: 'good/chat-large', model: chat }"],
    "'good/chat-large'",
  ],
  ['duplicate_provider_name', ['- id: silent', '- id: silent\n      aliases: [s, good]'], 'good'],
  [
    'unlisted_reach',
    [
      '- id: silent\n      targets: [{ model: chat }]',
      '- id: silent\n      targets: [{ id: "s", model: auto }]',
    ],
    '"s"',
  ],
];

/** The text over the marks of the first finding of the code. */
function markedWord(report: string, code: string): string {
  const block = report.split('\n\n').find((each) => each.includes(`[${code}]`)) ?? '';
  const lines = block.split('\n');
  const index = lines.findIndex((line) => /^ *\| +\^+$/.test(line));
  const marks = lines[index] ?? '';
  return (lines[index - 1] ?? '').slice(marks.indexOf('^'), marks.length);
}

describe('findings about all files', () => {
  it.each(CASES)('%s mark the very word', async (code, [from, to], marked) => {
    expect(CATALOG).toContain(from);
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': CATALOG.replace(from, to) };
    const { stdout } = await cli(['lint', 'policy.yaml', 'catalog.yaml'], { files });
    expect(stdout).toContain(`[${code}]`);
    expect(markedWord(stdout, code)).toBe(marked);
  });

  it('mark the model of a target without an id', async () => {
    const files = { 'policy.yaml': POLICY, 'catalog.yaml': CATALOG };
    const { stdout } = await cli(['lint', 'policy.yaml', 'catalog.yaml'], { files });
    expect(markedWord(stdout, 'undeclared_claim')).toBe('chat');
  });

  it('mark the region of a target', async () => {
    const files = {
      'policy.yaml': `${POLICY}    processing_regions: [eu]\n`,
      'catalog.yaml': CATALOG.replace('{ model: chat }', '{ model: chat, region: "mars" }'),
    };
    const { stdout } = await cli(['lint', 'policy.yaml', 'catalog.yaml'], { files });
    expect(markedWord(stdout, 'unlisted_region')).toBe('"mars"');
  });

  it('mark the value of a scope', async () => {
    const bundle =
      'apiVersion: ambit/v1\nkind: Bundle\nmetadata: { name: b }\nspec: { scope_values: { team: [a] } }\n';
    const policy = POLICY.replace('spec:\n', 'spec:\n  scope: { team: [a, "zz"] }\n');
    const files = { 'policy.yaml': policy, 'catalog.yaml': CATALOG, 'bundle.yaml': bundle };
    const { stdout } = await cli(['lint', ...Object.keys(files)], { files });
    expect(markedWord(stdout, 'unknown_scope_value')).toBe('"zz"');
  });
});
