import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { tableRows, textOf } from './support/project-files';

const ROOT = join(__dirname, '..', '..');

/** The folders of the sources that hold files of their own or stand for a ring. */
function foldersOf(path: string): readonly string[] {
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${path}/${entry.name}`);
}

describe('ARCHITECTURE.md', () => {
  const page = textOf('ARCHITECTURE.md');

  it.each([...foldersOf('src'), ...foldersOf('src/core')])('speaks of %s', (folder) => {
    expect(page).toContain(`\`${folder}`);
  });

  it('names no file or folder that is not there', () => {
    const named = [...page.matchAll(/`((?:src|test|docs|deploy|proto)\/[\w./-]*)`/g)];
    const missing = named
      .map(([, path]) => path ?? '')
      .filter((path) => !existsSync(join(ROOT, path)));
    expect(named.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});

describe('docs/semantics.md', () => {
  const page = textOf('docs/semantics.md');

  it('states every law, and names its tests and files', () => {
    const laws = Array.from({ length: 14 }, (_, index) => `L${String(index + 1)}`);
    const table = tableRows(page)
      .flatMap(([cell]) => (cell ?? '').split(', '))
      .filter((cell) => cell.startsWith('L') && cell !== 'Laws');
    expect(table).toEqual(expect.arrayContaining(laws));
    for (const law of laws) {
      expect(page).toContain(`**${law}, `);
      expect(existsSync(join(ROOT, `test/laws/L${law.slice(1).padStart(2, '0')}.test.ts`))).toBe(
        true,
      );
    }
  });

  it('names no file of the core that is not there', () => {
    const files = tableRows(page)
      .flatMap(([, cell]) => (cell ?? '').split(', '))
      .filter((cell) => cell.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(join(ROOT, 'src/core', file)))).toEqual([]);
  });
});
