import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTrailFiles } from '../../src/audit/files/trail-files';
import { signerFromPem } from '../../src/platform/trail-keys';
import { open } from '../service/trail/support/trails';
import { createFileReader } from '../../src/sources/files/file-reader';
import { cli, type CliRun } from './support/cli';

let directory: string;
let trail: string;
let key: string;

function run(...args: readonly string[]): Promise<CliRun> {
  return cli(['audit', ...args], { reader: createFileReader() });
}

function must<T extends object>(value: T | { readonly problem: string }): T {
  if ('problem' in value) throw new Error(value.problem);
  return value;
}

/** Writes lines with the keys that `keygen` has made, three a segment. */
async function write(lines: number, isClosed = true): Promise<void> {
  const current = must(signerFromPem(readFileSync(join(directory, 'trail.key.pem'), 'utf8')));
  const opened = await open(createTrailFiles(trail), { current });
  for (let n = 0; n < lines; n += 1) await opened.append(JSON.stringify({ n }));
  if (isClosed) await opened.close();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-verify-'));
  trail = join(directory, 'trail');
  key = join(directory, 'trail.pub.pem');
  mkdirSync(trail);
  expect((await run('keygen', '--out', directory)).code).toBe(0);
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('ambit audit keygen', () => {
  it('makes a key that only its owner reads, and replaces none', async () => {
    expect(statSync(join(directory, 'trail.key.pem')).mode & 0o777).toBe(0o600);
    const before = readFileSync(join(directory, 'trail.key.pem'), 'utf8');
    const again = await run('keygen', '--out', directory);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('there is such a file already');
    expect(again.stderr).not.toContain('PRIVATE');
    expect(readFileSync(join(directory, 'trail.key.pem'), 'utf8')).toBe(before);
    const nowhere = await run('keygen', '--out', join(directory, 'missing'));
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('ambit audit verify', () => {
  it('proves a trail, and says how far', async () => {
    await write(6);
    const { code, stdout, stderr } = await run('verify', trail, '--key', key);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^segments {2}2\nsealed {4}to line 6\nhead {6}6:[0-9a-f]{64}\n\nproven: 6 lines as written and signed\nhelp: /,
    );
    const head = /6:[0-9a-f]{64}/.exec(stdout)?.[0] ?? '';
    const held = await run('verify', trail, '--key', key, '--head', head);
    expect(held.stdout).toMatch(/signed\n$/);
    const cut = await run('verify', trail, '--key', key, '--head', head.replace('6:', '7:'));
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain('error[head_missing]');
    const other = await run('verify', trail, '--key', key, '--head', `5:${head.slice(2)}`);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('error[head_differs]');
  });

  it('says which lines are not signed yet', async () => {
    await write(5, false);
    const { stdout } = await run('verify', trail, '--key', key);
    expect(stdout).toContain(
      'proven: 3 lines as written and signed; 2 lines behind them not signed yet',
    );
  });

  it('does not call proven what nobody has signed for, although each line follows the one before', async () => {
    await write(2, false);
    const { code, stdout } = await run('verify', trail, '--key', key);
    expect(code).toBe(2);
    expect(stdout).toContain('sealed    to line 0\n');
    expect(stdout).toMatch(
      /\nnot proven: nothing is signed yet, and anybody can write lines that follow each other\nhelp: lines are signed together: .*\n$/,
    );
    const json = await run('verify', trail, '--key', key, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ proven: false, sealedTo: null, unsealedLines: 2, findingCount: 0 },
    });
    const report = ['report', '--records', trail, '--key', key];
    expect(await run(...report)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/\nnot proven: nothing is signed yet, .*\n$/) as string,
    });
  });

  it('does not say of lines that are gone that they were removed, where nobody has signed for that', async () => {
    await write(9);
    const stdout = (await run('verify', trail, '--key', key)).stdout;
    const hash = /9:([0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
    rmSync(join(trail, '000000000002.jsonl'));
    const gone = await run('verify', trail, '--key', key, '--head', `5:${hash}`);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain('error[missing_segment]');
    expect(gone.stdout).not.toContain('removed');
    const json = await run(
      'verify',
      trail,
      '--key',
      key,
      '--head',
      `5:${hash}`,
      '--format',
      'json',
    );
    expect(JSON.parse(json.stdout)).toMatchObject({ head: 'wrong', removedSegments: 0 });
  });

  it('names each file and line that was changed, as text and JSON', async () => {
    await write(6);
    const file = join(trail, '000000000001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"n":1}', '{"n":9}'));
    const text = await run('verify', trail, '--key', key);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain(
      `error[wrong_hash]: the line does not have the hash that it states: it was changed\n --> ${file}:2\n\nnot proven: 1 finding; in order and signed to line 0\n`,
    );
    const json = await run('verify', trail, '--key', key, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'TrailReport',
      proven: false,
      sealedTo: null,
      findings: [{ code: 'wrong_hash', file: '000000000001.jsonl', line: 2, sequence: 2 }],
    });
  });

  it('takes no key that did not sign, and no private one', async () => {
    await write(2);
    mkdirSync(join(directory, 'other'));
    await run('keygen', '--out', join(directory, 'other'));
    const other = await run('verify', trail, '--key', join(directory, 'other', 'trail.pub.pem'));
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('error[unknown_key]');
    expect(other.stdout).toMatch(/\nhelp: no key that was given signs the beginning: .*\n$/);
    const secret = await run('verify', trail, '--key', join(directory, 'trail.key.pem'));
    expect(secret).toMatchObject({ code: 2, stdout: '' });
    expect(secret.stderr).toContain('it holds a private key');
    expect(secret.stderr).not.toContain('PRIVATE');
  });

  it('says how to name the directory, and why one cannot be read', async () => {
    const option = await run('verify', '--records', trail, '--key', key);
    expect(option.stderr).toContain('`ambit audit verify DIR`');
    const missing = await run('verify', join(directory, 'missing'), '--key', key);
    expect(missing.stderr).toContain('cannot be read: there is no such file or directory\n');
    const file = await run('verify', key, '--key', key);
    expect(file.stderr).toContain('cannot be read: a part of the path is not a directory\n');
  });

  it('proves nothing of nothing', async () => {
    const empty = await run('verify', trail, '--key', key);
    expect(empty.code).toBe(2);
    expect(empty.stdout).toContain(
      'not proven: there is no line\nhelp: name the directory in which `000000000001.jsonl` stands\n',
    );
    for (const args of [
      ['verify', join(directory, 'missing'), '--key', key],
      ['verify', trail],
      ['verify', '--key', key],
      ['verify', trail, trail, '--key', key],
      ['verify', trail, '--key', join(directory, 'missing.pem')],
      ['verify', trail, '--key', key, '--head', '0:x'],
    ]) {
      const wrong = await run(...args);
      expect([wrong.code, wrong.stdout]).toEqual([2, '']);
      expect(wrong.stderr).toContain('\nhelp: ');
    }
  });
});
