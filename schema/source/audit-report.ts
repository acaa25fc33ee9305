import { CONTENT_PROBLEMS } from '../../src/service/evidence/trail-content';
import { TRAIL_CODES } from '../../src/service/trail/trail-codes';
import {
  listOrNothing,
  mapping,
  ref,
  truth,
  whole,
  word,
  type Definitions,
  type Properties,
  type Schema,
} from './json-schema';
import { CLAIM, text } from './record-parts';

const count = (description: string): Schema => whole(0, description);

/** A mapping of which every key but these is always there. */
function complete(properties: Properties, description: string, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return mapping(properties, { description, required });
}

const OUTCOMES = {
  decisions: count('All decisions.'),
  allow: count('Those that allow.'),
  warn: count('Those that warn.'),
  block: count('Those that block.'),
};

const DECISIONS = { decisions: OUTCOMES.decisions };
const COUNT = { count: count('How many.') };
const MISSING = {
  ...COUNT,
  unknown: count('Gaps of which nobody knows how many records are missing there.'),
};

/** A list that is cut off, with the sums of what is not in it. */
interface TopList {
  readonly of: string;
  /** What an entry is told by, of which only `optional` may be absent. */
  readonly keys: Properties;
  readonly optional?: readonly string[];
  readonly counts: Properties;
  /** What stands beside the list. */
  readonly beside?: Properties;
}

function top({ of, keys, optional = [], counts, beside = {} }: TopList): Schema {
  const others = {
    groups: count('How many there are; with `areMore`, at least so many.'),
    areMore: truth('True: there were too many to be told apart.'),
    ...counts,
  };
  const entry = complete({ ...keys, ...counts }, 'One of them.', optional);
  const listed = listOrNothing(entry, 'Those with most, 100 at most.');
  return complete(
    { ...beside, listed: { ...listed, maxItems: 100 }, others: complete(others, 'All others.') },
    of,
  );
}

const LINE = complete(
  { sequence: whole(1, 'Its number.'), hash: ref('report_hash', 'Its hash.') },
  'A line of the trail.',
);

/** A line, or nothing where there is none. */
const lineOrNull = (description: string): Schema => ({
  description,
  anyOf: [ref('report_line'), { enum: [null] }],
});

const FINDING = complete(
  {
    code: word(Object.keys(TRAIL_CODES), 'The code.'),
    file: { ...text('The name of the file.'), examples: ['000000000001.jsonl'] },
    line: count('The line, counted from 1; 0 is the whole file.'),
    sequence: count('The number that the line should have; 0 where nobody can say.'),
    message: text('The same in words.'),
  },
  'A place at which the trail is not what was written.',
);

const CHECKED = complete(
  {
    checked: { const: true, description: 'A key was given.' },
    proven: truth('Whether all of it is as it was written.'),
    sealedTo: lineOrNull('The last line that is in order and signed.'),
    last: lineOrNull('The last line.'),
    head: word(['not_given', 'found', 'wrong', 'removed'], 'What became of the head.'),
    unsealedLines: count('Lines that nobody has signed for yet.'),
    segments: count('How many there are.'),
    removedSegments: count('Those whose lines were removed, as is signed.'),
    findingCount: count('How many findings there are.'),
    findings: listOrNothing(FINDING, 'The first of them.'),
  },
  'How far the trail is proven.',
);

const UNCHECKED = complete(
  { checked: { const: false, description: 'No key was given.' } },
  'Nobody has looked.',
);

const PERIOD = mapping(
  {
    from: ref('record_instant', 'From when on, as asked for.'),
    to: ref('record_instant', 'Until when, as asked for.'),
    first: ref('record_moment', 'The first decision. Absent: there is none.'),
    last: ref('record_moment', 'The last one.'),
  },
  { description: 'Which time is told of.', minProperties: 0 },
);

const SLICE = complete(
  {
    from: ref('record_instant', 'Its begin.'),
    to: ref('record_instant', 'Its end.'),
    ...OUTCOMES,
  },
  'A piece of the time.',
);

const POLICY = text('The policy. Empty: none.');
const CODE = text('The code.');

const STATES = complete(
  { valid: count('Valid.'), soon: count('Expire soon.'), expired: count('Expired.') },
  'Claims by their state at the end of the period.',
);

const LISTS = {
  tenants: top({
    of: 'Decisions by tenant.',
    keys: { tenant: text('The tenant. Absent: none was said.') },
    optional: ['tenant'],
    counts: OUTCOMES,
  }),
  providers: top({
    of: 'Verdicts by provider.',
    keys: { provider: text('The provider. Empty: unknown.') },
    counts: {
      verdicts: count('All verdicts.'),
      eligible: count('Eligible ones.'),
      blocked: count('Blocked ones.'),
    },
  }),
  blocks: top({
    of: 'Blocked decisions by what led to it.',
    keys: { code: CODE, policy: POLICY },
    counts: DECISIONS,
  }),
  rules: top({
    of: 'Everything that a target was blocked for.',
    keys: {
      policy: POLICY,
      requirement: text('The kind of the requirement. Empty: none.'),
      layer: text('The layer.'),
      code: CODE,
    },
    counts: { ...DECISIONS, verdicts: count('Verdicts.') },
  }),
  claims: top({
    of: 'Claims that something eligible rested on.',
    keys: {
      ...(CLAIM.properties as Properties),
      state: word(['valid', 'soon', 'expired'], 'Its state at the end of the period.'),
    },
    optional: Object.keys(CLAIM.properties ?? {}).filter(
      (key) => CLAIM.required?.includes(key) !== true,
    ),
    counts: DECISIONS,
    beside: { states: STATES },
  }),
  bundles: top({
    of: 'Decisions by bundle.',
    keys: {
      digest: { ...text('The digest.'), examples: ['sha256:0a1b'] },
      first: ref('record_moment', 'The first decision by it.'),
      last: ref('record_moment', 'The last one.'),
    },
    counts: DECISIONS,
  }),
  folded: top({
    of: 'Blocks that were counted together.',
    keys: { caller: text('Who asked. Empty: not told.'), policy: POLICY, code: CODE },
    counts: COUNT,
    beside: COUNT,
  }),
  gaps: top({
    of: 'Records that the trail says are missing.',
    keys: { reason: { ...text('Why.'), examples: ['queue_full'] } },
    counts: MISSING,
    beside: MISSING,
  }),
  events: top({
    of: 'Security events that are recorded.',
    keys: {
      kind: text('The kind.'),
      severity: { ...text('How bad it is.'), examples: ['Medium'] },
    },
    counts: COUNT,
  }),
};

/** What the report consists of, and refers to by name. */
export const REPORT_PARTS: Definitions = {
  report_hash: { type: 'string', description: 'A hash.', pattern: '^[0-9a-f]{64}$' },
  report_line: LINE,
};

/** What `ambit audit report --format json` writes; docs/report.md says what each key means. */
export const AUDIT_REPORT: Schema = complete(
  {
    apiVersion: { const: 'ambit/v1', description: 'The version of the form.' },
    kind: { const: 'AuditReport', description: 'What it is.' },
    directory: text('Where the trail is.'),
    period: PERIOD,
    tenant: text('The only tenant that is told of. Absent: all are.'),
    proof: { description: 'How far the trail is proven.', anyOf: [CHECKED, UNCHECKED] },
    ...OUTCOMES,
    withdrawn: count('Decisions that are recorded, and that nobody was answered with.'),
    withdrawnBeyond: count(
      'Withdrawals that could not be held; their decisions are counted as if somebody had been answered with them.',
    ),
    unproven: count('Decisions in lines up to which nothing is proven. Absent: no key was given.'),
    withheld: count('Records that withhold something.'),
    abridged: count('Records that leave out claims or reasons.'),
    notReplayable: count('Records that cannot be decided again.'),
    overTime: { ...listOrNothing(SLICE, 'Outcomes by pieces of time.'), maxItems: 60 },
    ...LISTS,
    unreadable: complete(
      Object.fromEntries(Object.entries(CONTENT_PROBLEMS).map(([code, why]) => [code, count(why)])),
      'Lines that nobody counted, by reason.',
    ),
  },
  'What a trail says, in sums.',
  ['tenant', 'unproven'],
);
