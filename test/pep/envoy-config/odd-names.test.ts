import { parseAllDocuments } from 'yaml';

import type { TargetDeclaration } from '../../../src/core/model/catalog';
import { writeEnvoyConfig } from '../../../src/pep/envoy-config/write-envoy-config';
import { listenerNameOf, originNameOf, plainNameOf } from '../../../src/pep/shared/envoy-names';
import { check, Spread } from '../../laws/support/runs';
import { oddCase, type OddCase } from './support/odd-case';
import { unreadSet } from './support/sets';

const CASES = 160;

/** What Envoy reads. Two documents, a key twice or an alias of nothing fail the test. */
function read(text: string): unknown {
  const [document, ...others] = parseAllDocuments(text, { merge: false });
  if (document === undefined || 'empty' in document || others.length > 0) {
    throw new Error('there is not one document');
  }
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS({ maxAliasCount: -1 }) as unknown;
}

/** The keys and the kinds of values, without what the values are. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => shapeOf(each, `${path}[${String(index)}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, each]) => shapeOf(each, `${path}/${key}`));
}

/** All values that stand under a key, at any depth, in order. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(name === key && !Array.isArray(value) ? [each as unknown] : []),
    ...valuesOf(each, key),
  ]);
}

/** Hosts here begin with a letter, so that a bracket at the end is none of an address of IPv6, and not written. */
const hostOf = ({ address }: TargetDeclaration): string =>
  (address?.host ?? '').replace(/\]$/u, '').toLowerCase();

/** The odd words stand where they belong, whole and unchanged. */
function expectWords(
  written: unknown,
  { targets, options }: Pick<OddCase, 'targets' | 'options'>,
): void {
  const names = valuesOf(written, 'name');
  for (const target of targets) {
    const { id, address } = target;
    expect(names).toEqual(expect.arrayContaining([id, listenerNameOf(id), originNameOf(id)]));
    expect(valuesOf(written, 'host_rewrite_literal')).toContain(hostOf(target));
    if (address?.auth !== 'none') {
      const file = `${options.secretsDirectory}/${plainNameOf(id)}.yaml`;
      expect(names).toContain(`${id}-key`);
      expect(valuesOf(written, 'path')).toContain(file);
    }
  }
  // A percent sign begins a command of Envoy's unless it stands twice, and a backslash refers to a group.
  const models = valuesOf(written, 'json_format').flatMap((each) => valuesOf(each, 'model'));
  expect(models).toEqual(
    expect.arrayContaining(targets.map(({ model }) => model.replaceAll('%', '%%'))),
  );
  expect(valuesOf(written, 'context_extensions')).toEqual([
    expect.objectContaining(Object.fromEntries(options.context)),
  ]);
}

describe('odd ids, models, hosts, paths and options', () => {
  it('are written as themselves, and nothing beside them; or refused, with the reason', () => {
    const spread = new Spread();
    check(oddCase, CASES, (odd) => {
      const { text, findings } = writeEnvoyConfig(unreadSet(odd.targets), odd.options);
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect(text === undefined).toBe(errors.length > 0);
      if (text === undefined) {
        for (const { code } of errors) spread.add(code);
        return;
      }
      const plain = writeEnvoyConfig(unreadSet(odd.plain), odd.plainOptions).text ?? '';
      const written = read(text);
      expect(shapeOf(written)).toEqual(shapeOf(read(plain)));
      const leftOut = new Set(findings.map(({ position }) => position.line));
      const targets = odd.targets.filter(({ position }) => !leftOut.has(position.line));
      expectWords(written, { targets, options: odd.options });
      if (targets.length < odd.targets.length) spread.add('left out');
      spread.add(`${odd.options.variant} ${odd.options.reading}`);
      spread.add(/\p{Cc}/u.test(odd.targets[0]?.id ?? '') ? 'controls' : 'printable');
      spread.add(odd.targets.length > 1 ? 'several targets' : 'one target');
    });
    spread.expectAtLeast(4, 'reserved_name', 'unknown_auth', 'left out');
    spread.expectAtLeast(10, 'recommended body', 'recommended metadata', 'portable body');
    spread.expectAtLeast(10, 'portable metadata', 'controls', 'printable', 'several targets');
  });
});
