import type { MapReader, ValueReader } from '../yaml/reader';
import { nearestName } from '../yaml/nearest';
import { quote, type Located, type Span } from '../yaml/source-text';
import { readDataRoutingPolicy, type RoutingPolicySettings } from './data-routing-policy';
import { fromOnePlace } from './either-place';
import type { Notes } from './notes';
import { AUDIT_LOGGER, CONTENT_POLICIES, DATA_ROUTING_POLICY, READ_POLICIES } from './policy-kinds';

/** The policies of a pack: what runs, and what is configured. */
export interface PackPolicies {
  /** The chain's entry for the data-routing-policy; absent: it does not run. */
  readonly chained?: Span;
  readonly configured?: { readonly settings: RoutingPolicySettings; readonly label: Span };
}

/** Reads `policies.chain` and the blocks of `policy`, which stands at the top level or in `policies`. */
export function readPolicies(root: MapReader, notes: Notes): PackPolicies {
  const policies = root.required('policies')?.map();
  const chain = policies?.required('chain')?.texts()?.value ?? [];
  chain.forEach((entry) => {
    noteKind(entry, entry.value, root, notes);
  });
  const blocks = fromOnePlace(root.value('policy'), policies?.value('policy'))?.map();
  policies?.close();
  const chained = chain.find(({ value }) => value === DATA_ROUTING_POLICY);
  const names = new Set(chain.map(({ value }) => value));
  const configured = blocks === undefined ? undefined : readBlocks(blocks, names, notes);
  return {
    ...(chained === undefined ? {} : { chained }),
    ...(configured === undefined ? {} : { configured }),
  };
}

function readBlocks(
  blocks: MapReader,
  chain: ReadonlySet<string>,
  notes: Notes,
): PackPolicies['configured'] {
  let configured: PackPolicies['configured'];
  for (const { key, value } of blocks.entries()) {
    if (key.value === DATA_ROUTING_POLICY) configured = readRoutingBlock(value);
    else if (key.value === AUDIT_LOGGER) readAuditLogger(value, notes);
    else if (!chain.has(key.value)) noteKind(key, key.value, blocks, notes);
  }
  return configured;
}

function readRoutingBlock(value: ValueReader): PackPolicies['configured'] {
  const settings = value.map();
  if (settings === undefined) return undefined;
  return { settings: readDataRoutingPolicy(settings), label: value.label };
}

/** What the audit logger records is the gateway's business; its settings are read to find mistakes. */
function readAuditLogger(value: ValueReader, notes: Notes): void {
  const settings = value.map();
  if (settings === undefined) return;
  const says = !settings.isEmpty;
  settings.boolean('immutable');
  settings.integer('retention_days');
  settings.boolean('log_all_access');
  settings.close();
  if (!says) return;
  notes.inform('no_meaning_for_eligibility', value.label, {
    message: `${value.name} is accepted and has no meaning for eligibility`,
    help: 'it says what the audit trail keeps, not what a target does with a request',
  });
}

/** Says of a policy that Ambit does not run that it does not; a misspelt one must never pass for such. */
function noteKind(at: Located<string>, kind: string, reader: MapReader, notes: Notes): void {
  if (READ_POLICIES.includes(kind)) return;
  if (CONTENT_POLICIES.has(kind)) {
    notes.inform('content_policy', at, {
      message: `${quote(kind)} judges content or callers, which is not done here`,
      help: 'keep it in the gateway',
    });
    return;
  }
  const nearest = findMeant(kind);
  if (nearest !== undefined) {
    reader.report.error('unknown_value', at, `there is no policy ${quote(kind)}`, {
      help: `did you mean ${quote(nearest)}`,
      replacement: nearest,
    });
    return;
  }
  notes.warn('unknown_policy_kind', at, {
    message: `the policy ${quote(kind)} is not known and not run`,
    help: 'if it restricts which targets may receive a request, state that in a native policy',
  });
}

/** A name with `routing` in it decides where requests go, whatever else it is. */
function findMeant(kind: string): string | undefined {
  return (
    nearestName(kind, READ_POLICIES) ?? (/routing/iu.test(kind) ? DATA_ROUTING_POLICY : undefined)
  );
}
