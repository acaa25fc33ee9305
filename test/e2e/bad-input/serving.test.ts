import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AnswerDocument } from '../../../src/ports/wire-json';
import { BUNDLE_CASES } from '../../bad-input/cases/bundle-cases';
import { CATALOG_CASES } from '../../bad-input/cases/catalog-cases';
import { PACK_CASES } from '../../bad-input/cases/pack-cases';
import { POLICY_CASES } from '../../bad-input/cases/policy-cases';
import { BESIDE, utf16 } from '../../bad-input/support/documents';
import type { Content, FileCase } from '../../bad-input/support/matrix';
import { ambit, MAIN, serve } from '../cli/built-cli';
import type { BuiltService } from '../cli/built-cli';
import { findFreePort } from '../support/ports';
import { until } from '../support/wait';

const REFUSED = 'the sources are refused; the last good bundle stays';
const VALID_AGAIN = 'the sources are valid again; the bundle stays';

let directory = '';
let policies = '';
let address = '';
let service: BuiltService;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-bad-'));
  policies = join(directory, 'policies');
  mkdirSync(policies);
  writeFileSync(join(policies, 'beside.yaml'), BESIDE);
  address = `127.0.0.1:${String(await findFreePort())}`;
  service = await serve(address, ['--policy', policies]);
});

afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true });
});

/** How often a line of the log was written. */
const timesLogged = (text: string): number => service.log().split(text).length - 1;

function digestServed(): string | undefined {
  const run = ambit(['decide', '--server', address, '-m', 'gpt-4o', '--format', 'json']);
  expect(run.code).toBe(0);
  return (JSON.parse(run.stdout) as AnswerDocument).bundle?.digest;
}

/** A text of each surface and kind of mistake; a few, because each waits for the service to look. */
function textOf(cases: readonly FileCase[], name: string): Content {
  const content = cases.find((each) => each.name === name)?.content;
  if (typeof content === 'string') return content;
  throw new Error(`no text is called ${name}`);
}

const BAD: readonly (readonly [name: string, content: Content])[] = [
  ['a policy that is cut', textOf(POLICY_CASES, 'cut after a key')],
  ['a policy that allows what it denies', textOf(POLICY_CASES, 'a provider allowed and denied')],
  ['a policy of another version', textOf(POLICY_CASES, 'a version that is to come')],
  ['a catalog with a claim in quotes', textOf(CATALOG_CASES, 'a truth value in quotes')],
  ['a catalog with one id for two targets', textOf(CATALOG_CASES, 'one id for two targets')],
  ['a bundle that climbs', textOf(BUNDLE_CASES, 'a file above')],
  ['a bundle that includes itself', textOf(BUNDLE_CASES, 'the file itself')],
  ['a pack that contradicts itself', textOf(PACK_CASES, 'a shorthand against its block')],
  ['UTF-16', utf16(BESIDE, 'little', true)],
  ['a NUL', `${BESIDE}\0`],
  ['nothing', ''],
];

describe('a service whose directory gets a bad file', () => {
  it.each(BAD)('%s: keeps the last good bundle, whole, and says so', async (_, content) => {
    const before = digestServed();
    const refusals = timesLogged(REFUSED);
    const returns = timesLogged(VALID_AGAIN);
    const bad = join(policies, 'case.yaml');
    writeFileSync(join(directory, 'new'), content);
    renameSync(join(directory, 'new'), bad);
    await until('the refusal', () => (timesLogged(REFUSED) > refusals ? true : undefined));
    expect(digestServed()).toBe(before);
    expect(ambit(['health', '--server', address]).code).toBe(0);
    rmSync(bad);
    await until('the return', () => (timesLogged(VALID_AGAIN) > returns ? true : undefined));
    expect(digestServed()).toBe(before);
  });

  it.each([
    ['a device', '/dev/zero'],
    ['a circle', 'case.yaml'],
    ['nothing', 'nowhere'],
  ])('a link to %s: the same', async (_, target) => {
    const before = digestServed();
    const refusals = timesLogged(REFUSED);
    const returns = timesLogged(VALID_AGAIN);
    symlinkSync(target, join(policies, 'case.yaml'));
    await until('the refusal', () => (timesLogged(REFUSED) > refusals ? true : undefined));
    expect(digestServed()).toBe(before);
    rmSync(join(policies, 'case.yaml'));
    await until('the return', () => (timesLogged(VALID_AGAIN) > returns ? true : undefined));
  });
});

/** Milliseconds after which a start is taken to hang. */
const HANG_MS = 10_000;

describe('a start on bad input', () => {
  it.each([
    ['a bad policy', { 'case.yaml': textOf(POLICY_CASES, 'cut after a key') }, [], 1],
    ['no policy', {}, [], 2],
    ['a bad configuration', { 'case.yaml': BESIDE }, ['--config', 'bad.yaml'], 1],
    ['a configuration that is not there', { 'case.yaml': BESIDE }, ['--config', 'no.yaml'], 2],
    ['a configuration that never ends', { 'case.yaml': BESIDE }, ['--config', '/dev/zero'], 2],
  ] as const)('%s: ends at once, with a report and no stack', (_, files, args, code) => {
    const folder = mkdtempSync(join(directory, 'start-'));
    mkdirSync(join(folder, 'policies'));
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, 'policies', name), text);
    }
    writeFileSync(
      join(folder, 'bad.yaml'),
      'apiVersion: ambit/v1\nkind: Service\nspec: { x: 1 }\n',
    );
    const argv = [MAIN, 'serve', '-p', 'policies', '--listen', '127.0.0.1:0', ...args];
    const run = spawnSync(process.execPath, argv, {
      cwd: folder,
      encoding: 'utf8',
      timeout: HANG_MS,
      killSignal: 'SIGKILL',
    });
    expect(run.status).toBe(code);
    expect(run.stdout).not.toContain('listening');
    expect(run.stderr).toMatch(/^error/u);
    expect(run.stderr).not.toMatch(/^\s+at /mu);
  });
});

test('the built command line shows no control of a file, whatever the file', () => {
  const file = join(directory, 'controls.yaml');
  writeFileSync(
    file,
    `${BESIDE}"\u001b[2J\u0007\u009b31m\u202e\u200b": 1\n# \u001b]0;owned\u0007\n`,
  );
  for (const format of ['text', 'json', 'sarif']) {
    const { stdout, stderr } = ambit(['lint', '--format', format, file]);
    // eslint-disable-next-line no-control-regex -- the controls are what is looked for
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/u);
    expect(stdout).toContain('control_character');
  }
});
