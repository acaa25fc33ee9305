import type { TrailFiles } from '../../ports/trail-files';
import { temporaryFile } from './file-names';

/** Writes a file so that after a power cut there is all of it or what was there before; resolves when it is there. */
export async function writeWhole(files: TrailFiles, name: string, text: string): Promise<void> {
  const temporary = temporaryFile(name);
  await files.remove(temporary);
  const file = await files.openAppend(temporary);
  try {
    await file.append(new TextEncoder().encode(text));
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, name);
  await files.syncDirectory();
}
