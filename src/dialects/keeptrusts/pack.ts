import type { BlockStatus, Policy } from '../../core/model/policy';
import type { PolicyDocument } from '../../core/model/policy-set';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located, type Span } from '../yaml/source-text';
import { DEFAULT_ROUTING_POLICY, makePolicy } from './data-routing-policy';
import type { Notes } from './notes';
import { readPolicies, type PackPolicies } from './policies';
import { DATA_ROUTING_POLICY } from './policy-kinds';
import { declareProviders, readGatewaySections, readProviders } from './providers';
import { readRouting } from './routing';
import type { ReadTarget } from './targets';

/** UTF-16 units in a pack's name, which is part of the id of its policy. */
const MAX_NAME_CHARS = 200;

/** What reading a pack needs beside its text. */
export interface PackContext {
  readonly file: string;
  readonly blockStatus: BlockStatus;
  readonly notes: Notes;
}

/** The context once everything is read. */
interface ReadPackContext extends PackContext {
  /** False: there are errors, so that what seems to be absent may only be misspelt. */
  readonly isWhole: boolean;
}

/** The head of a pack. */
interface PackHead {
  readonly name: Located<string>;
  /** The statement that switches the pack off, if one does. */
  readonly disabledAt?: Span;
}

/** Reads one pack. The result counts only if the file's report has no errors. */
export function readPack(root: MapReader, context: PackContext): PolicyDocument {
  const { notes } = context;
  const head = readHead(root);
  const pool = head?.name.value ?? '';
  const providersMap = root.map('providers');
  const targets = readProviders(providersMap, { pool, notes });
  readGatewaySections(root, providersMap, notes);
  const routing = readRouting(root, providersMap);
  providersMap?.close();
  const read = readPolicies(root, notes);
  root.close();
  const isWhole = !root.report.hasErrors;
  const policies = head === undefined ? [] : runningPolicies(head, read, { ...context, isWhole });
  if (isWhole && policies.every(({ requirements }) => requirements.length === 0)) {
    noteSilentTargets(targets, notes);
  }
  const declarations = targets.map(({ declaration }) => declaration);
  return {
    file: context.file,
    dialect: 'keeptrusts',
    providers: declareProviders(declarations),
    endpoints: [],
    credentials: [],
    targets: declarations,
    policies,
    ...(routing === undefined ? {} : { routing }),
  };
}

function readHead(root: MapReader): PackHead | undefined {
  const pack = root.required('pack')?.map();
  const name = pack?.required('name')?.text({ maxChars: MAX_NAME_CHARS });
  readVersion(pack?.value('version'));
  pack?.text('description');
  const enabled = pack?.value('enabled');
  const isEnabled = enabled?.boolean()?.value ?? true;
  pack?.close();
  if (name === undefined) return undefined;
  return isEnabled || enabled === undefined ? { name } : { name, disabledAt: enabled.label };
}

/** A version is a label: `1.0.0` is text to YAML, and `1.0` a number. */
function readVersion(version: ValueReader | undefined): void {
  if (version === undefined || version.kind === 'text' || version.kind === 'number') return;
  version.failType('text, such as `1.0.0`');
}

/** Only what is enabled, chained and configured runs; everything else of it is said (L10). */
function runningPolicies(
  head: PackHead,
  { chain, chained, configured, records }: PackPolicies,
  { blockStatus, notes, isWhole }: ReadPackContext,
): readonly Policy[] {
  if (head.disabledAt !== undefined) {
    notes.warn('pack_disabled', head.disabledAt, {
      message: `the pack ${quote(head.name.value)} is disabled: its policies neither run nor count`,
      help: 'requests that no other policy applies to are blocked',
    });
    return [];
  }
  if (chained === undefined) {
    if (isWhole) noteUnchained(configured?.label, chain, notes);
    return [];
  }
  const settings = configured?.settings ?? DEFAULT_ROUTING_POLICY;
  const label = configured?.label ?? chained;
  if (isWhole && settings.requirements.length === 0) {
    warnOfNothing(label, configured !== undefined, notes);
  }
  const context = { packName: head.name.value, blockStatus, label };
  return [makePolicy(settings, { ...context, ...(records === undefined ? {} : { records }) })];
}

/** Says that no policy of the pack runs, at its settings or, if it has none, at the chain. */
function noteUnchained(settings: Span | undefined, chain: Span, notes: Notes): void {
  const name = quote(DATA_ROUTING_POLICY);
  if (settings !== undefined) {
    notes.warn('policy_not_in_chain', settings, {
      message: `${name} is configured and does not run: the chain does not name it`,
      help: `add \`- ${DATA_ROUTING_POLICY}\` to \`policies.chain\``,
    });
    return;
  }
  notes.inform('no_routing_policy', chain, {
    message: `the chain does not name ${name}: the pack restricts no target`,
    help: 'requests that no other policy applies to are blocked',
  });
}

/** Where the pack's own policy asks for claims, lint of all files names each that is missing. */
function noteSilentTargets(targets: readonly ReadTarget[], notes: Notes): void {
  for (const { declaration, label } of targets) {
    if (declaration.claims.length > 0) continue;
    notes.inform('target_declares_nothing', label, {
      message: `target ${quote(declaration.id)} declares nothing, whatever its name says`,
      help: 'state what the provider declares under `data_policy`',
    });
  }
}

function warnOfNothing(label: Span, isConfigured: boolean, notes: Notes): void {
  const message = isConfigured
    ? `${quote(DATA_ROUTING_POLICY)} requires nothing: every target of the pack is eligible`
    : `${quote(DATA_ROUTING_POLICY)} runs without configuration and requires nothing`;
  notes.warn(isConfigured ? 'policy_requires_nothing' : 'policy_not_configured', label, {
    message,
    help: 'state what targets must declare, such as `require_zero_data_retention: true`',
  });
}
