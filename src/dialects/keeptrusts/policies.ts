import type { RecordSettings } from '../../core/model/policy';
import { nearestName } from '../yaml/nearest';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { FindingDetails, Report } from '../yaml/report';
import { quote, type Located, type Span } from '../yaml/source-text';
import type { YamlNode } from '../yaml/tree';
import {
  readDataRoutingPolicy,
  ROUTING_POLICY_KEYS,
  type RoutingPolicySettings,
} from './data-routing-policy';
import { fromOnePlace } from './either-place';
import type { Notes } from './notes';
import { AUDIT_LOGGER, CONTENT_POLICIES, DATA_ROUTING_POLICY, READ_POLICIES } from './policy-kinds';

/** Keys that mean nothing within a policy on content, and much where they belong. */
const OWN_KEYS: ReadonlySet<string> = new Set([...READ_POLICIES, ...ROUTING_POLICY_KEYS]);

/** The policies of a pack: what runs, and what is configured. */
export interface PackPolicies {
  /** The chain as a whole. */
  readonly chain: Span;
  /** The chain's entry for the data-routing-policy; absent: it does not run. */
  readonly chained?: Span;
  readonly configured?: { readonly settings: RoutingPolicySettings; readonly label: Span };
  /** What the audit logger is to do, if the chain runs it. */
  readonly records?: RecordSettings;
}

/** The blocks that Ambit has something to do with. */
type ReadBlocks = Pick<PackPolicies, 'configured' | 'records'>;

/** Reads `policies.chain` and the blocks of `policy`, which stands at the top level or in `policies`. */
export function readPolicies(root: MapReader, notes: Notes): PackPolicies {
  const policies = root.required('policies')?.map();
  const place = policies?.required('chain');
  const chain = place?.texts()?.value ?? [];
  chain.forEach((entry) => {
    noteKind(entry, entry.value, root, notes);
  });
  const blocks = fromOnePlace(root.value('policy'), policies?.value('policy'))?.map();
  policies?.close();
  const chained = chain.find(({ value }) => value === DATA_ROUTING_POLICY);
  const names = new Set(chain.map(({ value }) => value));
  const { configured, records } = blocks === undefined ? {} : readBlocks(blocks, names, notes);
  const isRecording = records !== undefined && names.has(AUDIT_LOGGER);
  return {
    chain: place?.label ?? root.label,
    ...(chained === undefined ? {} : { chained }),
    ...(configured === undefined ? {} : { configured }),
    ...(isRecording ? { records } : {}),
  };
}

function readBlocks(blocks: MapReader, chain: ReadonlySet<string>, notes: Notes): ReadBlocks {
  let configured: PackPolicies['configured'];
  let records: RecordSettings | undefined;
  for (const { key, value } of blocks.entries()) {
    if (key.value === DATA_ROUTING_POLICY) configured = readRoutingBlock(value);
    else if (key.value === AUDIT_LOGGER) records = readAuditLogger(value, notes);
    else {
      if (!chain.has(key.value)) noteKind(key, key.value, blocks, notes);
      rejectMisplaced(value.node, key.value, blocks.report);
    }
  }
  return {
    ...(configured === undefined ? {} : { configured }),
    ...(records === undefined ? {} : { records }),
  };
}

function readRoutingBlock(value: ValueReader): PackPolicies['configured'] {
  const settings = value.map();
  if (settings === undefined) return undefined;
  return { settings: readDataRoutingPolicy(settings), label: value.label };
}

/** What the audit logger is to record; nothing of it makes a target eligible or not. */
function readAuditLogger(value: ValueReader, notes: Notes): RecordSettings | undefined {
  const settings = value.map();
  if (settings === undefined) return undefined;
  const says = !settings.isEmpty;
  const immutable = settings.boolean('immutable');
  const retentionDays = settings.integer('retention_days');
  const recordsAll = settings.boolean('log_all_access');
  settings.close();
  if (!says) return undefined;
  notes.inform('no_meaning_for_eligibility', value.label, {
    message: `${value.name} is accepted and has no meaning for eligibility`,
    help: 'it says what the audit trail keeps, not what a target does with a request',
  });
  return {
    ...(immutable === undefined ? {} : { immutable: immutable.value }),
    ...(retentionDays === undefined ? {} : { retentionDays: retentionDays.value }),
    ...(recordsAll === undefined ? {} : { recordsAll: recordsAll.value }),
  };
}

/**
 * Says of a policy on content that it is not run here. Any other name is an error: what it restricts is not known,
 * and a misspelt one would leave the policy that was meant without its settings.
 */
function noteKind(at: Located<string>, kind: string, reader: MapReader, notes: Notes): void {
  if (READ_POLICIES.includes(kind)) return;
  if (CONTENT_POLICIES.has(kind)) {
    notes.inform('content_policy', at, {
      message: `${quote(kind)} judges content or callers, which is not done here`,
      help: 'keep it in the gateway',
    });
    return;
  }
  reader.report.error(
    'unknown_policy_kind',
    at,
    `there is no policy ${quote(kind)}`,
    adviseOn(kind),
  );
}

/** A name with `routing` in it decides where requests go, whatever else it is. */
function adviseOn(kind: string): FindingDetails {
  const isRouting = /routing/iu.test(kind);
  const meant = nearestName(kind, READ_POLICIES) ?? (isRouting ? DATA_ROUTING_POLICY : undefined);
  if (meant !== undefined) return { help: `did you mean ${quote(meant)}`, replacement: meant };
  // No edit is proposed here: it would turn an unknown rule into one that is not run.
  const nearest = nearestName(kind, CONTENT_POLICIES);
  const help = 'name a policy that Keeptrusts documents, or remove it';
  return { help: nearest === undefined ? help : `did you mean ${quote(nearest)}` };
}

/** Settings of policies on content are not read, so a rule that slipped in among them would be lost. */
function rejectMisplaced(node: YamlNode, kind: string, report: Report): void {
  if (node.kind === 'list') {
    for (const item of node.items) rejectMisplaced(item, kind, report);
  }
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries.values()) {
    if (OWN_KEYS.has(key.value)) {
      const message = `${quote(key.value)} means nothing among the settings of ${quote(kind)}`;
      report.error('misplaced_key', key, message, {
        help: `state it where it counts, at or below \`policy.${DATA_ROUTING_POLICY}\``,
      });
    }
    rejectMisplaced(value, kind, report);
  }
}
