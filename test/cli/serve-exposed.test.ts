import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateTrailKeys } from '../../src/platform/trail-keys';
import { createAuthority, type Authority, type Issued } from '../contract/support/authority';
import { cli, type CliRun } from './support/cli';
import { FILES } from './support/files';

let folder: string;
let authority: Authority;
let issued: Issued;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-exposed-'));
  authority = createAuthority();
  issued = authority.issue({ names: ['DNS:localhost'] });
});

afterAll(() => {
  authority.remove();
  rmSync(folder, { recursive: true });
});

/** The line and column where each secret is named, or its sink. */
const PLACES = {
  tls: [8, 9],
  key: [11, 5],
  previous: [12, 5],
  password: [14, 17],
  token: [15, 17],
  header: [18, 5],
} as const;

type Name = keyof typeof PLACES;
const NAMES = Object.keys(PLACES) as readonly Name[];

/** A file of each secret with its mode; what is not named has the mode of careful people. */
function filesWith(modes: Partial<Record<Name, number>>): Record<Name, string> {
  const texts = { tls: issued.key.toString(), key: PEM, previous: PEM };
  const made = NAMES.map((name) => {
    const path = join(folder, name);
    rmSync(path, { force: true });
    writeFileSync(path, { ...texts, password: 'p', token: 't', header: 'h' }[name]);
    chmodSync(path, modes[name] ?? 0o600);
    return [name, path];
  });
  return Object.fromEntries(made) as Record<Name, string>;
}

const PEM = generateTrailKeys().privatePem;

function configOf(at: Record<Name, string>): string {
  return `apiVersion: ambit/v1
kind: Service
spec:
  listeners:
    - address: 127.0.0.1:9999
      tls:
        certificate_file: ${issued.certificateFile}
        private_key_file: ${at.tls}
  audit:
    directory: ${join(folder, 'trail')}
    private_key: { file: ${at.key} }
    previous_key: { file: ${at.previous} }
    sinks:
      - { name: db, kind: postgres, host: ::1, database: d, user: u, table: t, password: { file: ${at.password} } }
      - { name: bus, kind: nats, servers: ["127.0.0.1:4222"], subject: s, stream: S, token: { file: ${at.token} } }
  tracing:
    endpoint: http://127.0.0.1:4318/v1/traces
    headers: { authorization: { file: ${at.header} } }
`;
}

interface Found {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

function check(at: Record<Name, string>, ...more: readonly string[]): Promise<CliRun> {
  const files = { 'ambit.yaml': configOf(at), ...FILES };
  const policies = ['-p', 'policy.yaml', '--catalog', 'catalog.yaml', ...more];
  return cli(['serve', '--check', '-c', 'ambit.yaml', ...policies], { files });
}

/** The warnings about secrets, none of which fails the check. */
async function exposed(at: Record<Name, string>): Promise<readonly Found[]> {
  const run = await check(at, '--format', 'json');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const { findings } = JSON.parse(run.stdout) as { findings: readonly Found[] };
  return findings.filter(({ code }) => code === 'exposed_secret');
}

describe('serve --check of who may open a secret', () => {
  it.each(NAMES)('warns where the %s is named, and of nothing else', async (name) => {
    const at = filesWith({ [name]: 0o644 });
    const [line, column] = PLACES[name];
    const message = `\`${at[name]}\` holds a secret, and is open to every user of the machine (mode 0644)`;
    const severity = 'warning';
    expect(await exposed(at)).toMatchObject([{ line, column, message, severity }]);
  });

  it.each(['604', '602', '601', '666', '777', '444'])('warns of the mode %s', async (octal) => {
    const found = await exposed(filesWith({ key: Number.parseInt(octal, 8) }));
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining(`(mode 0${octal})`),
    ]);
  });

  it.each(['600', '400', '640', '440', '660'])('says nothing of the mode %s', async (octal) => {
    const modes = Object.fromEntries(NAMES.map((name) => [name, Number.parseInt(octal, 8)]));
    expect(await exposed(filesWith(modes))).toEqual([]);
  });

  it('looks at what a link leads to, as a volume of Kubernetes has them', async () => {
    const at = filesWith({ key: 0o644 });
    const link = join(folder, 'link');
    symlinkSync(at.key, link);
    expect(await exposed({ ...at, key: link })).toHaveLength(1);
    chmodSync(at.key, 0o440);
    expect(await exposed({ ...at, key: link })).toEqual([]);
  });

  it('names the way out, and never what the file holds', async () => {
    const at = filesWith({ key: 0o644 });
    const run = await check(at);
    expect(run.stdout).toContain(
      `help: \`chmod 640 ${at.key}\`; in Kubernetes, \`defaultMode: 0440\` for the volume and \`fsGroup\` for the Pod`,
    );
    expect(run.stdout).not.toContain(PEM.split('\n')[1]);
  });
});
