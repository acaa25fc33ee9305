import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FOLDERS: string[] = [];
process.once('exit', () => {
  for (const folder of FOLDERS) rmSync(folder, { recursive: true, force: true });
});

/** A folder for what processes read; removed when this process ends. */
export function makeBenchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ambit-bench-'));
  FOLDERS.push(folder);
  return folder;
}

/** The built program that `option` names, without it this project's. */
export function findMain(option: string | undefined): string {
  const main = resolve(option ?? 'dist/main.js');
  if (!existsSync(main)) throw new Error(`no file \`${main}\`; run \`npm run build\` first`);
  return main;
}
