import type { ProviderDeclaration } from '../../core/model/catalog';
import type { ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { readAttestation } from './attestation';
import { CUSTOM_NAME } from './names';

/**
 * Reads the organisation's own providers. One with an attestation is declared as `custom:NAME` with all its models;
 * one without stays unknown, and whatever names it is blocked.
 */
export function readCustomProviders(
  reader: ValueReader | undefined,
): readonly ProviderDeclaration[] {
  const names = new Set<string>();
  return (reader?.list() ?? []).flatMap((item) => readCustomProvider(item, names) ?? []);
}

function readCustomProvider(
  item: ValueReader,
  names: Set<string>,
): ProviderDeclaration | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const name = map.required('name')?.text(CUSTOM_NAME);
  const attestation = map.valueUnlessNull('attestation');
  const claims = attestation === undefined ? undefined : readAttestation(attestation);
  map.close();
  if (name === undefined) return undefined;
  if (names.has(name.value)) {
    map.report.error(
      'duplicate_item',
      name,
      `two custom providers are named ${quote(name.value)}`,
      {
        help: 'keep the one that is meant',
      },
    );
  }
  names.add(name.value);
  if (attestation === undefined) {
    map.report.notice(
      'target_declares_nothing',
      name,
      `${quote(name.value)} has no attestation, so it stays unknown and is blocked`,
      { help: 'add its `attestation`' },
    );
  }
  if (claims === undefined) return undefined;
  return {
    id: `custom:${name.value}`,
    aliases: [],
    models: 'any',
    claims,
    position: map.label.position,
    places: { id: name.position },
  };
}
