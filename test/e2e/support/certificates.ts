import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server's key and certificate, PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that only the test trusts. */
export interface Authority {
  /** Path of its certificate, PEM. */
  readonly caFile: string;
  /** Makes a certificate for a DNS name, which may be a wildcard. */
  issue(dnsName: string): Certificate;
}

/** Long enough for a test run that starts before midnight, in days. */
const VALID_DAYS = '2';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Makes a new authority; its files go into `directory`, which must exist. */
export function createAuthority(directory: string): Authority {
  const caKey = join(directory, 'ca.key');
  const caFile = join(directory, 'ca.crt');
  const self = ['-x509', '-days', VALID_DAYS, '-subj', '/CN=test authority'];
  openssl('req', ...self, ...NEW_KEY, '-keyout', caKey, '-out', caFile);
  let issued = 0;
  return {
    caFile,
    issue: (dnsName) => {
      issued += 1;
      const path = (ending: string): string =>
        join(directory, `server-${String(issued)}.${ending}`);
      writeFileSync(path('ext'), `subjectAltName=DNS:${dnsName}\nbasicConstraints=CA:FALSE\n`);
      // The subject says nothing on purpose: names must be checked against the SAN.
      const request = ['-subj', '/CN=a server', '-keyout', path('key'), '-out', path('csr')];
      openssl('req', ...NEW_KEY, ...request);
      const by = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', VALID_DAYS];
      openssl(
        'x509',
        '-req',
        '-in',
        path('csr'),
        ...by,
        '-extfile',
        path('ext'),
        '-out',
        path('crt'),
      );
      return { key: readFileSync(path('key'), 'utf8'), cert: readFileSync(path('crt'), 'utf8') };
    },
  };
}
