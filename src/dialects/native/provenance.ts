import { APIS, FEATURES } from '../../core/model/api';
import { ASSURANCES, type Claim } from '../../core/model/claim';
import type { MapReader, ValueReader } from '../yaml/reader';
import { readInstant } from './instants';

/** Where a claim comes from, how well it is founded, and how long it holds. */
export type Provenance = Partial<
  Pick<Claim, 'assurance' | 'evidence' | 'checkedAtMs' | 'expiresAtMs'>
>;

/** What a claim covers. */
export type Coverage = Pick<Claim, 'apis' | 'features'>;

/** Keys that only the long form of a claim has. */
const PROVENANCE_KEYS = ['source', 'checked_at', 'assurance', 'expires_at'] as const;

/** Reads the provenance keys of a mapping. A misspelt assurance is never answered with a stronger one. */
export function readProvenance(map: MapReader): Provenance {
  const source = readSource(map.value('source'));
  const assurance = map.choice('assurance', ASSURANCES, { proposed: ['declared'] });
  const checkedAtMs = readInstant(map.value('checked_at'));
  const expiresAtMs = readInstant(map.value('expires_at'));
  checkOrder(map, checkedAtMs, expiresAtMs);
  return {
    ...(source === undefined ? {} : { evidence: source }),
    ...(assurance === undefined ? {} : { assurance: assurance.value }),
    ...(checkedAtMs === undefined ? {} : { checkedAtMs }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
}

/** Where a fact is published is shown in records, so an address must not carry a password. */
function readSource(reader: ValueReader | undefined): string | undefined {
  const text = reader?.text()?.value;
  if (reader === undefined || text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.username === '' && url.password === '')) return text;
  reader.fail('secret_value', `${reader.name} holds a user or a password`, {
    help: 'write the address without them, and change the password: it stood in a file',
  });
  return undefined;
}

function checkOrder(map: MapReader, checkedAtMs?: number, expiresAtMs?: number): void {
  if (checkedAtMs === undefined || expiresAtMs === undefined || checkedAtMs < expiresAtMs) return;
  map.fail('contradiction', '`expires_at` is not after `checked_at`', {
    help: 'correct the one that is wrong',
  });
}

/** Reads `evidence`, the provenance of all claims that stand beside it. */
export function readEvidence(map: MapReader): Provenance {
  const evidence = map.map('evidence');
  if (evidence === undefined) return {};
  const provenance = readProvenance(evidence);
  evidence.close();
  const isEmpty = evidence.isEmpty;
  if (isEmpty) {
    const names = PROVENANCE_KEYS.map((key) => `\`${key}\``).join(', ');
    evidence.fail('empty_map', '`evidence` states nothing', { help: `write ${names}` });
  } else if (!map.has('claims')) {
    evidence.fail('states_nothing', '`evidence` stands beside no `claims`', {
      help: 'write the claims beside it, or remove it',
    });
  }
  return provenance;
}

/** Reads what a claim is limited to. */
export function readCoverage(map: MapReader): Coverage {
  const apis = readWords(map.value('apis'), APIS);
  const features = readWords(map.value('features'), FEATURES);
  return {
    ...(apis === undefined ? {} : { apis }),
    ...(features === undefined ? {} : { features }),
  };
}

/** Reads a list of words from a closed list. */
export function readWords<T extends string>(
  reader: ValueReader | undefined,
  words: readonly T[],
): readonly T[] | undefined {
  const texts = reader?.texts();
  if (reader === undefined || texts === undefined) return undefined;
  const items = reader.list() ?? [];
  return items.flatMap((item) => item.choice(words)?.value ?? []);
}
