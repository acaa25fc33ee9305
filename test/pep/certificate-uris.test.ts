import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';

import { readCertificateUris, shownUris } from '../../src/pep/certificate-uris';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-uris-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** The DER bytes of a certificate with these alternative names, each in the form `TYPE = value`. */
function certificateWith(...names: readonly string[]): Buffer {
  const at = (name: string): string => join(directory, name);
  const alternatives = names.map((name) => name.replace(' = ', '.1 = '));
  const san = names.length === 0 ? '' : 'subjectAltName=@names\n[names]\n';
  const config = `[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\nbasicConstraints=CA:FALSE\n${san}${alternatives.join('\n')}\n`;
  writeFileSync(at('config'), config);
  const made = ['-keyout', at('key'), '-out', at('crt'), '-subj', '/CN=x', '-days', '3'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync('openssl', ['req', '-x509', '-config', at('config'), ...key, ...made], {
    stdio: 'pipe',
  });
  return new X509Certificate(readFileSync(at('crt'))).raw;
}

describe('the URIs of a certificate', () => {
  it('are those among its names', () => {
    const raw = certificateWith('URI = spiffe://a/b', 'DNS = example.org', 'IP = 10.0.0.1');
    expect(readCertificateUris(raw).uris).toEqual(['spiffe://a/b']);
  });

  it.each([
    ['URI = spiffe://a/x\\, URI:spiffe://a/b'],
    ['URI = spiffe://a/"\\, URI:spiffe://a/b'],
    ['DNS = x\\, URI:spiffe://a/b'],
    ['email = x@y\\, URI:spiffe://a/b'],
  ])('are never what stands inside another name: %s', (name) => {
    expect(readCertificateUris(certificateWith(name)).uris).not.toContain('spiffe://a/b');
  });

  it('are none where it has no names', () => {
    const { uris, expiresAtMs } = readCertificateUris(certificateWith());
    expect(uris).toEqual([]);
    expect(expiresAtMs).toBeGreaterThan(Date.now());
  });
});

describe('the URIs that a record names', () => {
  it('are few, short, and in letters that no terminal acts on', () => {
    const uris = ['a\u001b[31m\nb\u2028', 'x'.repeat(300), `${'y'.repeat(255)}😀`, 'c', 'd'];
    expect(shownUris(uris)).toEqual([
      'a\uFFFD[31m\uFFFDb\uFFFD',
      'x'.repeat(256),
      `${'y'.repeat(255)}\uFFFD`,
      'c',
    ]);
  });
});
