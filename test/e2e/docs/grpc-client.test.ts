import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, serve, type BuiltService } from '../cli/built-cli';
import { findFreePort } from '../support/ports';
import { blocksOf } from './markdown-blocks';

const PAGE = 'docs/grpc.md';
const BLOCKS = blocksOf(PAGE, readFileSync(join(ROOT, PAGE), 'utf8'));

/** Milliseconds after which the client is taken to hang. */
const HANG_MS = 180_000;

function textsOf(language: string): readonly string[] {
  return BLOCKS.filter((block) => block.language === language).map(
    ({ lines }) => `${lines.join('\n')}\n`,
  );
}

const [CLIENT = '', ...OTHER_CLIENTS] = textsOf('js');
const [ALLOWED, BLOCKED, UNREACHABLE, ...OTHER_OUTPUTS] = textsOf('text');

const BOTH = ['azure-eu/gpt-4o', 'openai/gpt-4o'];

/** Runs the page's client in the root of the repository, as a file that lies there would be. */
function ask(address: string, targets: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['-', address, ...targets], {
    cwd: ROOT,
    encoding: 'utf8',
    input: CLIENT,
    timeout: HANG_MS,
  });
  return stdout + stderr;
}

describe('the gRPC client of the page', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-grpc-'));
  const socket = `unix:${join(directory, 'ambit.sock')}`;
  let tcp = '';
  let service: BuiltService | undefined;

  beforeAll(async () => {
    tcp = `127.0.0.1:${String(await findFreePort())}`;
    service = await serve(tcp, ['--listen', socket, '--policy', 'deploy/examples']);
  });

  afterAll(async () => {
    await service?.stop();
    rmSync(directory, { recursive: true });
  });

  it('is one, with three outputs', () => {
    expect(CLIENT).not.toBe('');
    expect([...OTHER_CLIENTS, ...OTHER_OUTPUTS]).toEqual([]);
  });

  it.each(['TCP', 'a unix socket'])('prints over %s what is shown', (kind) => {
    const address = kind === 'TCP' ? tcp : socket;
    expect(ask(address, BOTH)).toBe(ALLOWED);
    expect(ask(address, ['openai/gpt-4o'])).toBe(BLOCKED);
  });

  it('takes no candidates, and one that nobody knows, as blocks', () => {
    expect(ask(tcp, [])).toBe('nothing is eligible: no_candidates\n');
    expect(ask(tcp, ['nobody/nothing'])).not.toContain('try ');
  });

  it('takes a server that is not there as nothing eligible', () => {
    expect(ask(`unix:${join(directory, 'nobody.sock')}`, BOTH)).toBe(UNREACHABLE);
  });
});
