import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepsOf } from './console-blocks';
import { blocksOf, placeOf, type Block } from './markdown-blocks';
import { createSandbox, ROOT } from './sandbox';

/** Milliseconds for all commands of one document; each starts npm and Node anew. */
const DOCUMENT_TIMEOUT_MS = 600_000;

const EXAMPLES = 'deploy/examples';

/** What users read: README and docs. Paths from the root. */
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join('docs', name)),
];

const BLOCKS = DOCUMENTS.flatMap((file) => blocksOf(file, readFileSync(join(ROOT, file), 'utf8')));

function blocksIn(...languages: readonly string[]): readonly Block[] {
  return BLOCKS.filter(
    ({ language, notRun }) => languages.includes(language) && notRun === undefined,
  );
}

/** Runs the built command line on a text from the standard input. */
function ambit(
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/main.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    input,
  });
  return { code: status, output: stdout + stderr };
}

function parseJson({ lines }: Block): unknown {
  return JSON.parse(lines.join('\n'));
}

/** A request is known by the parts that nothing else has. */
function isRequest(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && ('context' in value || 'candidates' in value);
}

/** The policy files that the text of a block is linted with: rules need something to be about. */
function companionsOf(text: string): readonly string[] {
  return /^kind: Catalog/m.test(text) || /^pack:/m.test(text) ? [] : [`${EXAMPLES}/catalog.yaml`];
}

/** The command that checks the text of a block, which stands in a file of its own. */
function checkOf(file: string, text: string): readonly string[] {
  const isService = /^kind: Service/m.test(text);
  if (isService) return ['serve', '--check', '--config', file, '--policy', EXAMPLES];
  return ['lint', file, ...companionsOf(text)];
}

/** Places of secrets on a machine of users are places here, where there are some. */
function withSecrets(text: string, directory: string): string {
  return text.replaceAll('/run/secrets/', `${directory}/`);
}

const CONSOLE_FILES = [...new Set(blocksIn('console').map(({ file }) => file))];

describe('commands in documents', () => {
  it('stand in README and in the page of the command line', () => {
    expect(CONSOLE_FILES).toEqual(expect.arrayContaining(['README.md', 'docs/cli.md']));
  });

  it.each(CONSOLE_FILES)(
    'of %s print what is shown',
    async (file) => {
      const sandbox = await createSandbox();
      try {
        for (const block of blocksIn('console').filter((each) => each.file === file)) {
          for (const step of stepsOf(block)) {
            const difference = await sandbox.run(step);
            const shown = difference === undefined ? '' : `$ ${step.command}\n${difference}`;
            expect({ place: step.place, shown }).toEqual({ place: step.place, shown: '' });
          }
        }
      } finally {
        await sandbox.close();
      }
    },
    DOCUMENT_TIMEOUT_MS,
  );

  it('are run, or say why not', () => {
    const silent = blocksIn('sh', 'bash', 'shell').map(placeOf);
    expect(silent).toEqual([]);
  });
});

const FILES = blocksIn('yaml', 'yml')
  .map((block) => ({ place: placeOf(block), text: `${block.lines.join('\n')}\n` }))
  .filter(({ text }) => /^(?:apiVersion: ambit\/v1|pack:)/m.test(text));

describe('policy files in documents', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-docs-'));
  beforeAll(() => {
    ambit(['audit', 'keygen', '--out', directory], '');
    for (const name of ['db-password', 'ambit.creds']) writeFileSync(join(directory, name), 'x\n');
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it.each(FILES)('$place has no errors', ({ text }) => {
    const file = join(directory, 'block.yaml');
    writeFileSync(file, withSecrets(text, directory));
    const { code, output } = ambit(checkOf(file, text), '', { COLLECTOR_TOKEN: 'Bearer t' });
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  });

  it('are there to be checked', () => {
    expect(FILES.length).toBeGreaterThan(0);
  });
});

describe('JSON in documents', () => {
  const blocks = blocksIn('json').map((block) => ({ place: placeOf(block), block }));
  const requests = blocks.filter(({ block }) => isRequest(parseJson(block)));

  it('is JSON', () => {
    for (const { block } of blocks) expect(() => parseJson(block)).not.toThrow();
  });

  it.each(requests)('$place is a request that is understood', ({ block }) => {
    const args = ['decide', '--policy', EXAMPLES, '--request', '-'];
    const { code, output } = ambit(args, block.lines.join('\n'));
    // Allowed, blocked or warned: it was understood.
    expect({ understood: [0, 3, 4].includes(code ?? -1), output }).toMatchObject({
      understood: true,
    });
  });

  it('has requests to be checked', () => {
    expect(requests.length).toBeGreaterThan(0);
  });
});
