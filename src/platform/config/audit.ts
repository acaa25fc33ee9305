import type { ValueReader } from '../../dialects/yaml/reader';
import { AUDIT_MODES, RECORDED_DECISIONS } from '../../ports/service-config';
import type { AuditConfig, SecretReference } from '../../ports/service-config';
import type { ConfigDraft, KeyPlace, ReadKey } from './draft';
import { VARIABLE } from './variable-name';

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
  ['audit.private_key_file', key('privateKey', readFileReference)],
  ['audit.private_key_env', key('privateKey', readVariableReference)],
  ['audit.previous_key_file', key('previousKey', readFileReference)],
  ['audit.previous_key_env', key('previousKey', readVariableReference)],
  ['audit.decisions', field('decisions', (value) => value.choice(RECORDED_DECISIONS)?.value)],
  ['audit.attributes', field('attributes', readNames)],
  ['audit.queue', field('queue', (value) => value.integer({ min: 1, max: MAX_QUEUE })?.value)],
  [
    'audit.retention_days',
    field('retentionDays', (value) => value.integer({ min: 1, max: MAX_DAYS })?.value),
  ],
  ['audit.immutable', field('immutable', (value) => value.boolean()?.value)],
];

type Read<T> = (value: ValueReader, draft: ConfigDraft) => T | undefined;

function field<K extends keyof AuditConfig>(name: K, read: Read<AuditConfig[K]>): ReadKey {
  return (value, draft) => {
    const made = read(value, draft);
    draft.audit = {
      ...{ first: placeOf(value), ...draft.audit },
      ...(made === undefined ? {} : { [name]: made }),
    };
  };
}

/** A key that one text names twice leaves open which one counts. Another text, which comes later, replaces it. */
function key(name: 'privateKey' | 'previousKey', read: Read<SecretReference>): ReadKey {
  const place = `${name}At` as const;
  return (value, draft) => {
    const before = draft.audit?.[place];
    if (before?.report === value.report) {
      value.report.error('contradiction', value.label, 'the key is named twice', {
        help: 'name its file, or the variable that holds it',
        related: { at: before.at, message: 'the first stands here' },
      });
      return;
    }
    field(name, read)(value, draft);
    if (draft.audit !== undefined) draft.audit = { ...draft.audit, [place]: placeOf(value) };
  };
}

function placeOf({ label: at, report }: ValueReader): KeyPlace {
  return { at, report };
}

function readPath(value: ValueReader, { resolve }: ConfigDraft): string | undefined {
  const text = value.text();
  return text === undefined ? undefined : resolve(text.value);
}

function readFileReference(value: ValueReader, draft: ConfigDraft): SecretReference | undefined {
  const file = readPath(value, draft);
  return file === undefined ? undefined : { file };
}

function readVariableReference(value: ValueReader): SecretReference | undefined {
  const text = value.text(VARIABLE);
  return text === undefined ? undefined : { env: text.value };
}

function readNames(value: ValueReader): readonly string[] | undefined {
  return value.texts()?.value.map((text) => text.value);
}

/** Reports what evidence cannot be kept without, and what would have no effect. */
export function checkAudit({ audit }: ConfigDraft): void {
  if (audit === undefined) return;
  const { first, directory, privateKeyAt, mode, queue } = audit;
  const { report, at } = first;
  if (directory === undefined) {
    report.error('missing_key', at, 'nothing says where the trail is to be', {
      help: 'add `directory` to `audit`',
    });
  }
  if (privateKeyAt === undefined) {
    report.error('missing_key', at, 'nothing says which key signs the trail', {
      help: 'make one with `ambit audit keygen`, and name it with `private_key_file`',
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
    },
  };
}
