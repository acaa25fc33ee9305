import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileReader } from '../../src/sources/files/file-reader';
import { createFileSource } from '../../src/sources/files/file-source';
import { cli, type CliRun } from './support/cli';
import { CATALOG, FILES, POLICY } from './support/files';

const TESTS = `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: chat }
spec:
  now: 2026-07-01
  cases:
    - name: one
      request: { candidates: [good/chat-large] }
      eligible: [good/chat-large]
`;

/** A command that runs until it is interrupted, over files that can be changed. */
interface Watching {
  readonly ended: Promise<CliRun>;
  /** Settles when the output holds the text, from the last one that was waited for on. */
  saw(text: string): Promise<void>;
  change(name: string, text: string): void;
  interrupt(): void;
}

const folder = mkdtempSync(join(tmpdir(), 'ambit-watch-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function watch(options: readonly string[] = []): Watching {
  const change = (name: string, text: string): void => {
    writeFileSync(join(folder, `.${name}`), text);
    renameSync(join(folder, `.${name}`), join(folder, name));
  };
  change('policy.yaml', POLICY);
  change('catalog.yaml', CATALOG);
  change('tests.yaml', TESTS);
  let output = '';
  let waiting: { readonly text: string; readonly resolve: () => void } | undefined;
  const look = (): void => {
    if (waiting === undefined || !output.includes(waiting.text)) return;
    output = output.slice(output.indexOf(waiting.text) + waiting.text.length);
    waiting.resolve();
    waiting = undefined;
  };
  let interrupt = (): void => undefined;
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const reader = createFileReader();
  const ended = cli(['test', '--watch', ...options, folder], {
    reader,
    watch: { source: createFileSource(reader), interrupted },
    onOutput: (text) => {
      output += text;
      look();
    },
  });
  return {
    ended,
    saw: (text) =>
      new Promise((resolve) => {
        waiting = { text, resolve };
        look();
      }),
    change,
    interrupt: () => {
      interrupt();
    },
  };
}

describe('--watch', () => {
  it('runs again after each change, and ends with what the last run came to', async () => {
    const watching = watch();
    await watching.saw('1 passed: 1 case\n');
    watching.change('policy.yaml', POLICY.replace('max_retention_days: 7', 'gdpr: true'));
    await watching.saw('a file has changed\n');
    await watching.saw('1 failed: 1 case\n');
    watching.interrupt();
    expect(await watching.ended).toMatchObject({
      code: 1,
      stderr: 'waiting for changes; Ctrl-C ends\n',
    });
  });

  it('goes on where the files have mistakes, or no case', async () => {
    const watching = watch();
    await watching.saw('1 passed: 1 case\n');
    watching.change('tests.yaml', '# nothing yet\napiVersion: ambit/v1\n');
    await watching.saw('error[missing_key]');
    watching.change('tests.yaml', TESTS.replace('kind: PolicyTest', 'kind: Policytest'));
    await watching.saw('error[unknown_value]');
    watching.change('tests.yaml', POLICY.replace('base', 'another'));
    await watching.saw('error: nothing was tested');
    watching.change('tests.yaml', TESTS);
    await watching.saw('1 passed: 1 case\n');
    watching.interrupt();
    expect(await watching.ended).toMatchObject({ code: 0 });
  });

  it('takes no format for programs, and nothing that is no file', async () => {
    const files = { ...FILES, '-': TESTS };
    const json = await cli(['test', '--watch', '--format', 'json', 'policy.yaml'], { files });
    expect([json.code, json.stderr]).toEqual([
      2,
      expect.stringContaining('`--watch` and a format for programs exclude each other'),
    ]);
    const reader = createFileReader();
    const parts = { source: createFileSource(reader), interrupted: Promise.resolve() };
    const stdin = await cli(['test', '--watch', '-'], { files, watch: parts });
    expect([stdin.code, stdin.stderr]).toEqual([
      2,
      expect.stringContaining('what is not a file cannot be watched'),
    ]);
  });
});
