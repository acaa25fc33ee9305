import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate with its key, as files and as text. */
export interface Issued {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What a certificate says. */
export interface Subject {
  /** The subject's alternative names, as openssl writes them: `URI:spiffe://a/b`. */
  readonly names: readonly string[];
  /** Days that it holds from now on; -1: it ended a day ago. */
  readonly days?: number;
}

/** An authority that issues certificates into a directory of its own. */
export interface Authority {
  readonly certificateFile: string;
  readonly cert: Buffer;
  issue(subject: Subject): Issued;
  remove(): void;
}

/** Creates an authority, with the certificates made by openssl. */
export function createAuthority(name = 'test'): Authority {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-ca-'));
  const at = (file: string): string => join(directory, file);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: 'pipe' });
  };
  const keyArgs = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const caArgs = ['-keyout', at('ca.key'), '-out', at('ca.crt'), '-subj', `/CN=${name}`];
  openssl('req', '-x509', ...keyArgs, ...caArgs, '-days', '30');
  let count = 0;
  return {
    certificateFile: at('ca.crt'),
    cert: readFileSync(at('ca.crt')),
    issue: ({ names, days = 30 }) => {
      count += 1;
      const [key, request, cert, extensions] = ['key', 'csr', 'crt', 'ext'].map((extension) =>
        at(`${String(count)}.${extension}`),
      ) as [string, string, string, string];
      openssl('req', '-new', ...keyArgs, '-keyout', key, '-out', request, '-subj', '/CN=leaf');
      writeFileSync(extensions, `subjectAltName=${names.join(',')}\n`);
      const from = ['-in', request, '-CA', at('ca.crt'), '-CAkey', at('ca.key')];
      const serial = ['-set_serial', String(Date.now() * 1000 + count)];
      openssl(
        'x509',
        '-req',
        ...from,
        ...serial,
        '-out',
        cert,
        '-extfile',
        extensions,
        '-days',
        String(days),
      );
      return {
        certificateFile: cert,
        keyFile: key,
        cert: readFileSync(cert),
        key: readFileSync(key),
      };
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
