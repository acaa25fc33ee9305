import type { ValueReader } from '../../dialects/yaml/reader';
import { AUDIT_MODES, RECORDED_DECISIONS } from '../../ports/service-config';
import type { SecretReference } from '../../ports/secret-reference';
import type { AuditConfig } from '../../ports/service-config';
import type { AuditDraft, ConfigDraft, ReadKey } from './draft';
import { readSecretReference } from './secret-reference';
import { readSinks } from './sinks';

/** Records that may wait for the disk unless somebody says otherwise: some seconds of a busy service. */
const DEFAULT_QUEUE = 10_000;

/** What the trail itself takes. */
const MAX_QUEUE = 20_000;

/** A century. */
const MAX_DAYS = 36_500;

/** The keys of the group `audit`, by their path. */
export const AUDIT_KEYS: readonly (readonly [string, ReadKey])[] = [
  ['audit.directory', field('directory', readPath)],
  ['audit.mode', field('mode', (value) => value.choice(AUDIT_MODES)?.value)],
  ['audit.private_key', field('privateKey', readKey)],
  ['audit.previous_key', field('previousKey', readKey)],
  ['audit.decisions', field('decisions', (value) => value.choice(RECORDED_DECISIONS)?.value)],
  ['audit.attributes', field('attributes', readNames)],
  ['audit.queue', field('queue', (value) => value.integer({ min: 1, max: MAX_QUEUE })?.value)],
  [
    'audit.retention_days',
    field('retentionDays', (value) => value.integer({ min: 1, max: MAX_DAYS })?.value),
  ],
  ['audit.immutable', field('immutable', (value) => value.boolean()?.value)],
  ['audit.sinks', readSinksKey],
];

type Read<T> = (value: ValueReader, draft: ConfigDraft) => T | undefined;

function field<K extends keyof AuditConfig>(name: K, read: Read<AuditConfig[K]>): ReadKey {
  return (value, draft) => {
    const made = read(value, draft);
    const audit = begun(value, draft);
    draft.audit = {
      ...audit,
      ...(made === undefined ? {} : { [name]: made }),
      places: { ...audit.places, keys: { ...audit.places.keys, [name]: value.label } },
    };
  };
}

function begun({ label: at, report }: ValueReader, { audit }: ConfigDraft): AuditDraft {
  return audit ?? { first: { at, report }, places: { keys: {} } };
}

function readSinksKey(value: ValueReader, draft: ConfigDraft): void {
  const audit = begun(value, draft);
  const { sinks, places } = readSinks(value, draft) ?? {};
  draft.audit = {
    ...audit,
    ...(sinks === undefined ? {} : { sinks }),
    places: { ...audit.places, ...(places === undefined ? {} : { sinks: places }) },
  };
}

function readPath(value: ValueReader, { resolve }: ConfigDraft): string | undefined {
  const text = value.text();
  return text === undefined ? undefined : resolve(text.value);
}

function readKey(value: ValueReader, { resolve }: ConfigDraft): SecretReference | undefined {
  return readSecretReference(value, resolve);
}

function readNames(value: ValueReader): readonly string[] | undefined {
  return value.texts()?.value.map((text) => text.value);
}

/** Reports what evidence cannot be kept without, and what would have no effect. */
export function checkAudit({ audit }: ConfigDraft): void {
  if (audit === undefined) return;
  const { first, places, mode, queue } = audit;
  const { report, at } = first;
  // What is stated and wrong has been reported where it stands.
  if (places.keys.directory === undefined) {
    report.error('missing_key', at, 'nothing says where the trail is to be', {
      help: 'add `directory` to `audit`',
    });
  }
  if (places.keys.privateKey === undefined) {
    report.error('missing_key', at, 'nothing says which key signs the trail', {
      help: 'make one with `ambit audit keygen`, and add `private_key: {file: PATH}`',
    });
  }
  if (queue !== undefined && mode !== 'counted') {
    report.error('contradiction', at, '`queue` has no effect without `mode: counted`', {
      help: 'remove it, or count what is missing',
    });
  }
}

/** How evidence is kept, defaults filled in; the draft must be without errors. */
export function completeAudit({ audit }: ConfigDraft): { readonly audit?: AuditConfig } {
  if (audit?.directory === undefined || audit.privateKey === undefined) return {};
  const { directory, privateKey, previousKey, retentionDays } = audit;
  return {
    audit: {
      ...{ directory, privateKey },
      ...(previousKey === undefined ? {} : { previousKey }),
      ...(retentionDays === undefined ? {} : { retentionDays }),
      mode: audit.mode ?? 'strict',
      queue: audit.queue ?? DEFAULT_QUEUE,
      immutable: audit.immutable ?? false,
      attributes: audit.attributes ?? [],
      decisions: audit.decisions ?? 'policies',
      sinks: audit.sinks ?? [],
    },
  };
}
