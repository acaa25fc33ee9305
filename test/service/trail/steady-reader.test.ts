import { trailCrypto } from '../../../src/platform/trail-keys';
import type { TrailReader } from '../../../src/ports/trail-files';
import { linesFile } from '../../../src/service/trail/file-names';
import { createSteadyReader } from '../../../src/service/trail/steady-reader';
import { diskWith, textOn, withFile } from './support/trails';

const FILE = linesFile(1);

/** A reader of what somebody exchanges for something else while it is read. */
async function changing(change: (text: string) => string): Promise<TrailReader> {
  const disk = await diskWith(2);
  const later = withFile(withFile(disk, FILE, change(textOn(disk, FILE))), linesFile(2), 'x');
  let current = disk;
  const steady = createSteadyReader(
    {
      ...disk.files,
      list: () => current.files.list(),
      read: (name, maxBytes) => current.files.read(name, maxBytes),
    },
    trailCrypto,
  );
  await Promise.all([steady.list(), steady.read(FILE, 1_000_000)]);
  current = later;
  return steady;
}

describe('a trail that is read more than once', () => {
  it('is the same each time, whatever its writer adds', async () => {
    const reader = await changing((text) => `${text}more\n`);
    const text = Buffer.from(await reader.read(FILE, 1_000_000)).toString();
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain('more');
    expect(await reader.list()).not.toContain(linesFile(2));
  });

  it.each<[string, (text: string) => string]>([
    ['exchanged', (text) => text.replace('allow', 'block')],
    ['cut', (text) => text.slice(0, -1)],
    ['emptied', () => ''],
  ])('is read no further once a file of it was %s', async (_, change) => {
    const reader = await changing(change);
    await expect(reader.read(FILE, 1_000_000)).rejects.toThrow(
      '`000000000001.jsonl` was changed while the trail was read',
    );
  });
});
