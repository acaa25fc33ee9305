import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { createTrailSite, namesIn, stateOf, type TrailSite, type Wanted } from './trail-site';

let site: TrailSite;

beforeAll(async () => {
  site = await createTrailSite();
});

afterAll(() => {
  site.remove();
});

const LINES = '000000000001.jsonl';
const SEAL = '000000000001.seal.json';

/** Makes one case in a place of its own, and says how to start there. */
type Prepare = (name: string) => Wanted;

/** A good trail of which one thing is changed. */
const changed =
  (change: (trail: string) => void, more: Omit<Wanted, 'trail'> = {}): Prepare =>
  (name) => {
    const trail = site.copy(name);
    change(trail);
    return { trail, ...more };
  };

/** A place where there is no trail yet. */
const at =
  (make: (path: string) => string): Prepare =>
  (name) => ({ trail: make(join(site.folder, name)) });

const lockOf =
  (holder: object): ((trail: string) => void) =>
  (trail) => {
    writeFileSync(join(trail, 'lock'), JSON.stringify(holder));
  };

/** A file in the place of a directory, or the other way round. */
const replaced =
  (name: string, make: (path: string) => void): ((trail: string) => void) =>
  (trail) => {
    rmSync(join(trail, name), { recursive: true });
    make(join(trail, name));
  };

const withFile = (path: string): void => {
  writeFileSync(path, '');
};

const REFUSED: readonly (readonly [string, 'directory' | 'private_key', Prepare])[] = [
  ['a file', 'directory', at((path) => (writeFileSync(path, ''), path))],
  ['beneath a file', 'directory', at((path) => (writeFileSync(path, ''), join(path, 'trail')))],
  ['a link to nothing', 'directory', at((path) => (symlinkSync('/no/where', path), path))],
  [
    'beneath a link to nothing',
    'directory',
    at((path) => (symlinkSync('/no/where', path), join(path, 'trail'))),
  ],
  [
    'one that may not be written',
    'directory',
    at((path) => (mkdirSync(path, { mode: 0o555 }), path)),
  ],
  [
    'beneath one that may not be written',
    'directory',
    at((path) => (mkdirSync(path, { mode: 0o555 }), join(path, 'a/b'))),
  ],
  ['of the kernel', 'directory', at(() => '/proc/ambit/trail')],
  ['with a file for bundles', 'directory', changed(replaced('bundles', withFile))],
  ['with a file for sinks', 'directory', changed(replaced('sinks', withFile))],
  ['with a directory for answers', 'directory', changed(replaced('answers', mkdirSync))],
  [
    'with a link for answers',
    'directory',
    changed(
      replaced('answers', (path) => {
        symlinkSync('/dev/null', path);
      }),
    ),
  ],
  [
    'with answers that may not be written',
    'directory',
    changed((trail) => {
      chmodSync(join(trail, 'answers'), 0o444);
    }),
  ],
  [
    'with an id that is none',
    'directory',
    changed((trail) => {
      writeFileSync(join(trail, 'sinks/id'), 'none\n');
    }),
  ],
  [
    'with a changed line',
    'directory',
    changed((trail) => {
      const text = readFileSync(join(trail, LINES), 'utf8');
      writeFileSync(join(trail, LINES), text.replace('strict', 'string'));
    }),
  ],
  [
    'with an open segment that may not be written',
    'directory',
    changed((trail) => {
      rmSync(join(trail, SEAL));
      chmodSync(join(trail, LINES), 0o444);
    }),
  ],
  [
    'with a lock of another machine',
    'directory',
    changed(lockOf({ host: 'elsewhere', pid: 1, start: '', token: 'a1' })),
  ],
  ['with a lock of nobody', 'directory', changed(lockOf({}))],
  ['of another key', 'private_key', changed(() => undefined, { key: 'second' })],
];

const TAKEN: readonly (readonly [string, Prepare])[] = [
  ['nothing yet', at((path) => join(path, 'a/b/trail'))],
  ['an empty one', at((path) => (mkdirSync(path), path))],
  ['a good trail', changed(() => undefined)],
  [
    'a trail that a crash has left',
    changed((trail) => {
      rmSync(join(trail, SEAL));
      appendFileSync(join(trail, LINES), '{"seq":');
    }),
  ],
  [
    'a lock of a process that has ended',
    changed(lockOf({ host: hostname(), pid: 4_194_305, start: '', token: 'a1' })),
  ],
  [
    'a new key, with the one before',
    changed(() => undefined, { key: 'second', previous: 'first' }),
  ],
];

/** All that is there for longer than it takes the service to write a file. */
function namesOf(trail: string): readonly string[] {
  return namesIn(trail)
    .filter((name) => !name.endsWith('.tmp'))
    .sort();
}

describe('serve --check of the directory of a trail', () => {
  it.each(REFUSED)('finds what a start refuses: %s', async (name, key, prepare) => {
    const wanted = prepare(name);
    const before = stateOf(wanted.trail);
    const checked = site.check(wanted);
    expect(checked).toMatchObject({ code: 2, stderr: '' });
    expect(checked.stdout).toMatch(/error\[unusable_audit\]: cannot keep evidence: the trail in `/);
    expect(checked.stdout).toContain(`"${key}":`);
    expect(checked.stdout).toMatch(/\n1 error, /);
    expect(stateOf(wanted.trail)).toEqual(before);
    const started = await site.start(wanted);
    expect(started).toMatchObject({
      code: 2,
      refused: expect.stringContaining('the trail in `') as string,
    });
  });

  it.each(TAKEN)('has nothing to say where a start goes on: %s', async (name, prepare) => {
    const wanted = prepare(name);
    const before = stateOf(wanted.trail);
    expect(site.check(wanted)).toMatchObject({ code: 0, stderr: '' });
    expect(stateOf(wanted.trail)).toEqual(before);
    const started = await site.start(wanted);
    if ('refused' in started) throw new Error(started.refused);
    expect(await started.stop()).toBe(0);
  });

  it('finds a key that had been replaced, as a start does', async () => {
    const trail = site.copy('rotated');
    const rotated = await site.start({ trail, key: 'second', previous: 'first' });
    if ('refused' in rotated) throw new Error(rotated.refused);
    await rotated.stop();
    expect(site.check({ trail }).stdout).toContain('had been replaced; give a new one');
    const started = await site.start({ trail });
    expect(started).toMatchObject({
      refused: expect.stringContaining('had been replaced') as string,
    });
  });

  it('is done beside a running service, whose trail it leaves alone', async () => {
    const trail = site.copy('running');
    const started = await site.start({ trail });
    if ('refused' in started) throw new Error(started.refused);
    const before = namesOf(trail);
    expect(before).toContain('lock');
    expect(site.check({ trail })).toMatchObject({ code: 0, stderr: '' });
    const wrong = site.check({ trail, key: 'second' });
    expect(wrong.stdout).toMatch(
      /the trail goes on with key [0-9a-f]{16}, and [0-9a-f]{16} is given/,
    );
    expect(namesOf(trail)).toEqual(before);
    expect(await started.stop()).toBe(0);
    expect(site.check({ trail }).code).toBe(0);
  });
});
