import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createFileReader } from '../../../src/sources/files/file-reader';
import { cli } from '../../cli/support/cli';

const DEPLOY = join(__dirname, '../../../deploy/envoy');

/** What each shipped configuration is written with. */
const SHIPPED: readonly (readonly [file: string, ...options: string[]])[] = [
  ['recommended.yaml'],
  ['recommended-blind.yaml', '--read', 'metadata'],
  ['portable.yaml', '--variant', 'portable'],
  ['portable-blind.yaml', '--variant', 'portable', '--read', 'metadata'],
];

describe('the shipped configurations', () => {
  it.each(SHIPPED)('%s is what the command writes', async (file, ...options) => {
    const line = ['envoy', 'config', join(DEPLOY, 'policy'), '--context', 'tenant=acme'];
    const written = await cli([...line, ...options], { reader: createFileReader() });
    expect(written).toMatchObject({ code: 0, stderr: 'written: 3 targets\n' });
    expect(written.stdout).toBe(readFileSync(join(DEPLOY, file), 'utf8'));
  });
});
