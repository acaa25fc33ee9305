import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readTlsMaterial } from '../../src/platform/tls-material';
import type { TlsConfig } from '../../src/ports/service-config';
import { createAuthority } from '../contract/support/authority';
import type { Authority, Issued } from '../contract/support/authority';

let authority: Authority;
let issued: Issued;
let other: Issued;

beforeAll(() => {
  authority = createAuthority();
  issued = authority.issue({ names: ['DNS:localhost'] });
  other = authority.issue({ names: ['DNS:localhost'] });
});

afterAll(() => {
  authority.remove();
});

async function problemOf(config: Partial<TlsConfig>, key = ''): Promise<string> {
  const { certificateFile, keyFile } = issued;
  const whole = { certificateFile, privateKey: { file: keyFile }, ...config };
  const read = await readTlsMaterial(whole, { KEY: key });
  return 'problem' in read ? read.problem : '';
}

/** What of a private key would be worth something, in pieces as they might be shown. */
function piecesOf({ keyFile }: Issued): readonly string[] {
  const lines = readFileSync(keyFile, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('-----'));
}

async function expectSilence(problem: Promise<string>, key: Issued): Promise<void> {
  const text = await problem;
  expect(text).not.toBe('');
  for (const piece of piecesOf(key)) expect(text).not.toContain(piece);
}

describe('what is said of TLS files that do not fit', () => {
  it('never holds a key that stands in the place of its path', async () => {
    const key = issued.key.toString();
    const beside = `/etc/ambit/${key}`;
    for (const path of [key, beside, key.trimEnd(), key.replaceAll('\n', ' ')]) {
      await expectSilence(problemOf({ privateKey: { file: path } }), issued);
      await expectSilence(problemOf({ certificateFile: path }), issued);
      await expectSilence(problemOf({ clientCaFile: path }), issued);
    }
  });

  it('never holds a key that is that of another certificate, or broken', async () => {
    await expectSilence(problemOf({ privateKey: { file: other.keyFile } }), other);
    await expectSilence(problemOf({ privateKey: { env: 'KEY' } }, other.key.toString()), other);
    const broken = join(dirname(issued.keyFile), 'broken.key');
    writeFileSync(broken, issued.key.toString().slice(0, -40));
    await expectSilence(problemOf({ privateKey: { file: broken } }), issued);
    await expectSilence(problemOf({ certificateFile: issued.keyFile }), issued);
    await expectSilence(problemOf({ clientCaFile: issued.keyFile }), issued);
  });

  it('is that a list of revoked certificates would not count', async () => {
    const both = join(dirname(issued.keyFile), 'with-revocations.crt');
    const list = '-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n';
    writeFileSync(both, `${authority.cert.toString()}${list}`);
    expect(await problemOf({ clientCaFile: both })).toContain('revoked');
  });

  it('is nothing where they fit', async () => {
    expect(await problemOf({ clientCaFile: authority.certificateFile })).toBe('');
  });
});
