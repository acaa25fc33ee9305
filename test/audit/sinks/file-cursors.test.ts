import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createFileCursors } from '../../../src/audit/sinks/file-cursors';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-cursors-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('cursors in files', () => {
  it('are 0 before anything was saved, and what was saved last afterwards', async () => {
    const cursors = createFileCursors({ directory, trail: 't' });
    expect(await cursors.load('a')).toBe(0);
    await cursors.save('a', 7);
    await cursors.save('b', 2);
    await cursors.save('a', 12);
    const reopened = createFileCursors({ directory, trail: 't' });
    expect([await reopened.load('a'), await reopened.load('b')]).toEqual([12, 2]);
    expect(readdirSync(directory)).toEqual(['a.cursor.json', 'b.cursor.json']);
    expect(readFileSync(join(directory, 'a.cursor.json'), 'utf8')).toBe(
      '{"trail":"t","sequence":12}\n',
    );
  });

  it('say nothing of another trail, which is sent from its start', async () => {
    await createFileCursors({ directory, trail: 'old' }).save('a', 7);
    expect(await createFileCursors({ directory, trail: 'new' }).load('a')).toBe(0);
  });

  it('are overwritten whole, whatever a crash left beside them', async () => {
    writeFileSync(join(directory, 'a.cursor.json.tmp'), '{"trail":"t","sequence":123456789}');
    const cursors = createFileCursors({ directory, trail: 't' });
    expect(await cursors.load('a')).toBe(0);
    await cursors.save('a', 1);
    expect(await cursors.load('a')).toBe(1);
  });

  it.each(['', '{', 'null', '7', '{"trail":"t"}', '{"trail":"t","sequence":-1}', '{"sequence":1}'])(
    'are not guessed where the file holds `%s`',
    async (text) => {
      writeFileSync(join(directory, 'a.cursor.json'), text);
      const load = createFileCursors({ directory, trail: 't' }).load('a');
      await expect(load).rejects.toThrow(/^the cursor `.*` is none; write `\{"trail":"t"/u);
    },
  );

  it('stay in their directory', async () => {
    const cursors = createFileCursors({ directory, trail: 't' });
    await expect(cursors.save('../a', 1)).rejects.toThrow('a sink cannot be named `../a`');
  });

  it('reject where they cannot be read or written', async () => {
    const cursors = createFileCursors({ directory: join(directory, 'a.cursor.json'), trail: 't' });
    writeFileSync(join(directory, 'a.cursor.json'), '');
    await expect(cursors.load('a')).rejects.toThrow('ENOTDIR');
    await expect(cursors.save('a', 1)).rejects.toThrow('ENOTDIR');
  });
});
