import * as fc from 'fast-check';
import { stringify } from 'yaml';

import { completeConfig } from '../../../src/platform/config/complete';
import { CONFIG_KEYS, variableOf } from '../../../src/platform/config/config-keys';
import { readConfig } from '../../../src/platform/config/read-config';
import type { ConfigReading } from '../../../src/platform/config/read-config';
import type { ServiceConfig } from '../../../src/ports/service-config';
import { runs, Spread } from '../../laws/support/runs';
import { expectSound, hasErrors } from './sound-findings';
import { changed, CHANGES } from './text-mutants';

const RUNS = 2500;

const TLS = { certificate_file: 'a.crt', private_key_file: 'a.key', client_ca_file: 'ca.crt' };

const SPEC = {
  policies: ['/etc/ambit/policy', { path: 'pack.yaml', dialect: 'keeptrusts' }],
  listeners: [
    { address: 'unix:/run/ambit/ambit.sock', caller: 'envoy' },
    { address: '0.0.0.0:9595', tls: TLS },
  ],
  callers: [
    { name: 'envoy', tenants: ['acme'], scopes: { team: ['search', 'ads'], environment: 'any' } },
    {
      name: 'gateway',
      certificate_uris: ['spiffe://prod/gateway'],
      tenants: 'any',
      model_id_style: 'pin',
      rewrites_model: false,
      owns_claims: true,
    },
  ],
  limits: { candidates: 100, request_bytes: 65_536 },
  staleness: { max_seconds: 300 },
  shutdown: { drain_seconds: 10 },
  log: { level: 'info' },
  diagnostics: { address: '127.0.0.1:9596' },
  keeptrusts: { status: 409 },
};

const FILE = { apiVersion: 'ambit/v1', kind: 'Service', metadata: { name: 'x' }, spec: SPEC };

const TEXTS = [stringify(FILE), JSON.stringify(FILE, null, 2)];

const readText = (text: string): ConfigReading =>
  readConfig({ file: { name: 'f', text }, environment: {} });

const wholeOf = ({ draft }: ConfigReading): ServiceConfig =>
  completeConfig(draft, { insecure: false });

/** What may be asked for, and by whom: more of it is looser. */
function reachOf({ callers, listeners }: ServiceConfig): readonly string[] {
  return [
    ...callers.map(({ name, tenants, traits }) => JSON.stringify([name, tenants, traits])),
    ...listeners.map(({ address, tls, caller }) => JSON.stringify([address, tls, caller])),
  ];
}

describe('whatever becomes of a configuration', () => {
  test('it is read whole or refused, with findings that stand in it', () => {
    const spread = new Spread();
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), CHANGES, (text, changes) => {
        const mutant = changed(text, changes);
        const { findings } = readText(mutant);
        expectSound(findings, mutant);
        for (const { code } of findings) seen.add(code);
        const isRefused = hasErrors(findings);
        spread.add(isRefused ? 'refused' : 'read');
        if (isRefused) return;
        const again = readText(mutant);
        expect(wholeOf(again)).toEqual(wholeOf(readText(mutant)));
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.08, 'read', 'refused');
    expect(seen.size).toBeGreaterThanOrEqual(14);
  });

  test('a key that is taken away never gives a caller more', () => {
    const whole = wholeOf(readText(stringify(FILE)));
    const spread = new Spread();
    for (const path of pathsOf(SPEC)) {
      const text = stringify({ ...FILE, spec: without(SPEC, path) });
      const reading = readText(text);
      if (hasErrors(reading.findings)) {
        spread.add('refused');
        continue;
      }
      spread.add('read');
      const { callers } = wholeOf(reading);
      const isTrustGone = path[0] === 'callers' || path[0] === 'listeners';
      if (!isTrustGone) expect(reachOf(wholeOf(reading))).toEqual(reachOf(whole));
      // Only a configuration that names no caller at all trusts everybody.
      expect(callers.length > 0 || path.length === 1).toBe(true);
    }
    spread.expectAtLeast(5, 'refused', 'read');
  });

  test('a variable with any text is read, or refused at its own place', () => {
    const spread = new Spread();
    const names = [...CONFIG_KEYS.keys()].map(variableOf);
    const value = fc.oneof(
      fc.constantFrom('10', '70000', 'info', "'10'", '[a]', '127.0.0.1:1', 'true', '409', '-1'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, text) => {
        const { findings, sources } = readConfig({ environment: { [name]: text } });
        if (text !== '') {
          expect(sources).toEqual([{ name, text }]);
          expectSound(findings, text);
        }
        spread.add(hasErrors(findings) ? 'refused' : 'read');
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.02, 'read', 'refused');
  });

  test('a variable that nobody knows is refused, and its text is not shown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z_]{1,12}$/u), (rest) => {
        const name = `AMBIT_X_${rest}_Q`;
        const { findings } = readConfig({ environment: { [name]: 'canary' } });
        expect(findings.map(({ code }) => code)).toEqual(['unknown_variable']);
        expect(JSON.stringify(findings)).not.toContain('canary');
      }),
      { numRuns: runs(200) },
    );
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): readonly Path[] => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [[step], ...pathsOf(child).map((path) => [step, ...path])];
  });
}

function without(value: unknown, [step, ...rest]: Path): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, child]): (readonly [string, unknown])[] => {
    if (key !== String(step)) return [[key, child]];
    return rest.length === 0 ? [] : [[key, without(child, rest)]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}
