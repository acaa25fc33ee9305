import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { SERVICE_LIMITS } from '../../src/ports/service-limits';
import { execForm, stagesOf, textsOf, type Stage } from './support/dockerfile';

const ROOT = resolve(__dirname, '../..');
const STAGES = stagesOf(readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8'));

const MIB = 1024 * 1024;
/** What the image promises to do with. */
const MEMORY_LIMIT_BYTES = 256 * MIB;
/** What Node takes beside its heap, and the health check's own process, as measured in the image (51 and 60 MiB). */
const BESIDE_HEAP_BYTES = 120 * MIB;

function stage(name: string): Stage {
  const found = STAGES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no stage \`${name}\``);
  return found;
}

/** What a COPY takes from the build's context, and not from another stage. */
function contextSourcesOf(each: Stage): readonly string[] {
  return textsOf(each, 'COPY')
    .filter((text) => !text.startsWith('--from='))
    .flatMap((text) => text.split(/\s+/).slice(0, -1));
}

const CONTEXT_SOURCES = STAGES.flatMap(contextSourcesOf);
const RUNTIME = stage('runtime');
const ENTRY = execForm(textsOf(RUNTIME, 'ENTRYPOINT').at(-1));
const COMMAND = execForm(textsOf(RUNTIME, 'CMD').at(-1));
const PROBE = /CMD (\[.*\])$/.exec(textsOf(RUNTIME, 'HEALTHCHECK').at(-1) ?? '')?.[1];

describe('the Dockerfile', () => {
  it('has one base, named by major version', () => {
    expect(STAGES.map(({ base }) => base)).toEqual([
      '${NODE_IMAGE}',
      'manifest',
      'manifest',
      '${NODE_IMAGE}',
    ]);
    expect(STAGES.at(-1)).toBe(RUNTIME);
  });

  it('installs by the lock file and runs no scripts of packages', () => {
    const installs = STAGES.flatMap((each) => textsOf(each, 'RUN')).filter((text) =>
      /\bnpm (?!run)/.test(text),
    );
    expect(installs).toHaveLength(2);
    for (const text of installs) expect(text).toMatch(/^npm ci --ignore-scripts /);
    expect(textsOf(stage('packages'), 'RUN').join()).toContain('--omit=dev');
    expect(textsOf(RUNTIME, 'RUN').join()).not.toContain('npm');
  });

  it('takes into the image only what runs', () => {
    expect(contextSourcesOf(RUNTIME)).toEqual([]);
    const copied = textsOf(RUNTIME, 'COPY').map((text) => text.split(/\s+/)[1]);
    expect(copied).toEqual(
      ['node_modules', 'package.json', 'proto', 'schema', 'dist'].map((name) => `/app/${name}`),
    );
    expect(copied).toContain('/app/dist');
  });

  it('finds everything that it copies, in a context that holds nothing else', () => {
    const ignore = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n').slice(1, -1);
    expect(ignore[0]).toBe('*');
    expect([...CONTEXT_SOURCES].sort()).toEqual(
      ignore
        .slice(1)
        .map((line) => line.replace(/^!/, ''))
        .sort(),
    );
    for (const source of CONTEXT_SOURCES) expect(existsSync(join(ROOT, source))).toBe(true);
  });

  it('runs as a user with a number that is not 0, and ends by SIGTERM', () => {
    expect(textsOf(RUNTIME, 'USER')).toEqual(['65532:65532']);
    expect(textsOf(RUNTIME, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('starts what package.json calls `ambit`, without a shell', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly bin: { readonly ambit: string };
    };
    expect(ENTRY).toEqual(['node', `/app/${manifest.bin.ambit}`]);
    expect(COMMAND[0]).toBe('serve');
  });

  it('is probed where it listens', () => {
    const [program, file, command, option, address] = execForm(PROBE);
    expect([program, file]).toEqual(ENTRY);
    expect([command, option]).toEqual(['health', '--server']);
    expect(COMMAND[COMMAND.indexOf('--listen') + 1]).toBe(address);
  });

  it('bounds the heap so that the rest fits, too', () => {
    const [, mebibytes] = /--max-old-space-size=(\d+)/.exec(textsOf(RUNTIME, 'ENV').join()) ?? [];
    expect(Number(mebibytes) * MIB + BESIDE_HEAP_BYTES).toBeLessThanOrEqual(MEMORY_LIMIT_BYTES);
  });

  it('bounds what is in flight to a part of the memory, within what the service allows', () => {
    const [, bytes] = /BYTES_IN_FLIGHT=(\d+)/.exec(textsOf(RUNTIME, 'ENV').join()) ?? [];
    expect(Number(bytes)).toBeGreaterThanOrEqual(SERVICE_LIMITS.bytes_in_flight.min);
    expect(Number(bytes) * 16).toBeLessThanOrEqual(MEMORY_LIMIT_BYTES);
  });

  it('asks for a Node that package.json allows', () => {
    const [, major] = /NODE_IMAGE=\S+node:(\d+)-/.exec(
      readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8'),
    ) ?? [undefined, '0'];
    expect(Number(major)).toBeGreaterThanOrEqual(20);
  });
});

describe('the reader of Dockerfiles', () => {
  it('joins lines and refuses what it does not know', () => {
    const [only] = stagesOf('# c\nFROM a AS b\nRUN x \\\n    y\n');
    expect(only?.instructions).toEqual([{ name: 'RUN', text: 'x y' }]);
    expect(() => stagesOf('FROM a\n')).toThrow('unnamed stage');
    expect(() => stagesOf('nonsense\n')).toThrow('no instruction');
    expect(() => execForm('"node"')).toThrow('not in exec form');
  });
});
