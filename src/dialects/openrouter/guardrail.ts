import type { Policy } from '../../core/model/policy';
import type { MapReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { readDataRegions } from './data-regions';
import { makePolicies } from './make-policies';
import { modelLists } from './model-lists';
import { NAME } from './names';
import type { ReadKey } from './read-key';
import { providerLists } from './provider-lists';
import { readTraining } from './training';
import { readZeroRetention } from './zero-retention';

/** The status of a block of a guardrail's lists: OpenRouter documents that they forbid. */
const GUARDRAIL_STATUS = 403;

/** What the API says of a guardrail beside what it restricts. */
const DESCRIBING_KEYS = ['id', 'description', 'workspace_id', 'created_at', 'updated_at'];

/** What a guardrail does that decides nothing about targets, and why. */
const OTHER_KEYS: readonly (readonly [key: string, why: string])[] = [
  ['limit_usd', 'a budget decides nothing about targets'],
  ['reset_interval', 'a budget decides nothing about targets'],
  ['include_byok_in_budgets', 'a budget decides nothing about targets'],
  ['content_filters', 'a filter of content decides nothing about targets'],
  ['content_filter_builtins', 'a filter of content decides nothing about targets'],
  [
    'allow_safety_retention_google',
    'what is kept for safety is kept: it never counts as zero retention',
  ],
];

/** A guardrail's name and its policies. */
interface Guardrail {
  readonly name: Located<string> | undefined;
  readonly policies: readonly Policy[];
}

/** Reads one guardrail, as the API shows it or as it is created. It is in force because it stands in the file. */
export function readGuardrail(guardrail: MapReader, idBase: string): Guardrail {
  const name = guardrail.required('name')?.text(NAME);
  noteOtherKeys(guardrail);
  const read: ReadKey = (key) => guardrail.valueUnlessNull(key);
  const lists = [...providerLists(read), ...modelLists(read, 'names')];
  const zeroRetention = readZeroRetention(read, ['enforce_zdr']);
  const requirements = [...readTraining(read), ...readDataRegions(read)];
  guardrail.close();
  const id = `${idBase}/${name?.value ?? ''}`;
  const policies = makePolicies({
    id,
    holder: guardrail,
    status: GUARDRAIL_STATUS,
    lists,
    requirements,
    zeroRetention,
  });
  return { name, policies };
}

function noteOtherKeys(guardrail: MapReader): void {
  for (const key of DESCRIBING_KEYS) guardrail.has(key);
  for (const [key, why] of OTHER_KEYS) {
    const reader = guardrail.valueUnlessNull(key);
    if (reader === undefined || isOff(reader.node)) continue;
    const message = `${reader.name} is accepted and does nothing here: ${why}`;
    guardrail.report.notice('no_meaning_for_eligibility', reader.label, message, {
      help: 'nothing, if it is enforced elsewhere',
    });
  }
}

/** What is off, or names nothing, would do nothing anywhere. */
function isOff(node: {
  readonly kind: string;
  readonly value?: unknown;
  readonly items?: readonly unknown[];
}): boolean {
  return node.value === false || node.items?.length === 0;
}
