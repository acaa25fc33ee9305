import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { BESIDE } from './documents';
import type { Content, FileCase, SpecialFile } from './matrix';

/** The name of the file that a case is about. */
export const CASE_FILE = 'case.yaml';

/** The files of one case in a folder of their own. */
export interface CaseFolder {
  readonly directory: string;
  /** What the command line names: the case, and what stands beside it and is right. */
  readonly paths: readonly string[];
  remove(): void;
}

/** Writes the files of a case; `name` is that of its own. */
export async function writeCase(
  { content, also = {} }: Pick<FileCase, 'content' | 'also'>,
  name = CASE_FILE,
): Promise<CaseFolder> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'ambit-bad-')));
  const path = join(directory, name);
  const beside = join(directory, 'beside.yaml');
  writeFileSync(beside, BESIDE);
  for (const [each, text] of Object.entries(also)) writeAt(join(directory, each), text);
  const server = await place(path, content);
  return {
    directory,
    paths: [path, beside],
    remove: () => {
      server?.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function writeAt(path: string, content: Content): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

async function place(path: string, content: FileCase['content']): Promise<Server | undefined> {
  if (typeof content === 'function') writeAt(path, content());
  else if (typeof content === 'string' || content instanceof Uint8Array) writeAt(path, content);
  else return makeSpecial(path, content);
  return undefined;
}

async function makeSpecial(path: string, { special }: SpecialFile): Promise<Server | undefined> {
  switch (special) {
    case 'directory':
      mkdirSync(path);
      return undefined;
    case 'pipe':
      spawnSync('mkfifo', [path]);
      return undefined;
    case 'socket': {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(path, resolve));
      return server;
    }
    case 'device':
      symlinkSync('/dev/zero', path);
      return undefined;
    case 'circle':
      symlinkSync(path, path);
      return undefined;
    case 'dangling':
      symlinkSync('nowhere', path);
      return undefined;
    case 'failing':
      // A regular file by its kind, whose first bytes nobody may read.
      symlinkSync('/proc/self/mem', path);
      return undefined;
    case 'missing':
      return undefined;
  }
}
