import { OUTCOMES } from '../../src/ports/telemetry';
import { ABRIDGEMENTS } from '../../src/service/evidence/recorded-decision';
import { listOrNothing, mapping, ref, truth, whole, word, type Schema } from './json-schema';
import { text, texts } from './record-parts';

const REASONS = listOrNothing(ref('record_reason'), 'All reasons, in order.');

/** What is said of every candidate. */
const VERDICT = {
  ref: text("The candidate's ref."),
  target: text("The target's id. Empty: unknown, or known only through its provider."),
  provider: text("The provider's id. Empty: unknown."),
};

const ELIGIBLE = mapping(
  {
    ...VERDICT,
    sendModel: text('The model that the enforcement point must send.'),
    reliedOn: listOrNothing(
      whole(0, 'A place in `claims`, counted from 0.'),
      'What it rests on: places in `claims`.',
    ),
    unmet: { ...REASONS, description: 'What warn policies that gave way do not find met.' },
  },
  { required: ['ref', 'target', 'provider', 'sendModel', 'reliedOn'] },
);

const BLOCKED = mapping(
  { ...VERDICT, reasons: REASONS },
  { required: ['ref', 'target', 'provider', 'reasons'] },
);

const BLOCK = mapping(
  {
    code: text('The code of the block.'),
    layer: text('The layer at which nothing was left.'),
    policy: text('The leading policy. Absent: the request itself, or identity.'),
    httpStatus: whole(0, 'The HTTP status that the client was answered with.'),
  },
  { description: 'Why nothing was left.', required: ['code', 'layer', 'httpStatus'] },
);

const SHADOW = mapping(
  { policy: text("The policy's id."), ref: VERDICT.ref, reasons: REASONS },
  { required: ['policy', 'ref', 'reasons'] },
);

const BUNDLE = mapping(
  {
    digest: text('The digest of its content.'),
    revision: whole(0, 'The integer that the operator raises.'),
    sequence: whole(0, 'Counts the bundles that the process has activated, from 1.'),
    stale: truth('Whether the sources could not be read for too long.'),
  },
  {
    description: 'The bundle that decided. Absent: none was loaded.',
    required: ['digest', 'sequence', 'stale'],
  },
);

/** The record of a decision; docs/records.md says what each key means. */
export const DECISION_RECORD: Schema = mapping(
  {
    version: { const: 1, description: 'The version of the form.' },
    decisionId: { ...text('Names the decision.'), examples: ['d-1'] },
    requestId: { ...text("The request's own id. Absent: it had none."), examples: ['r-1'] },
    at: ref('record_moment', 'When it was decided: the clock of the decision.'),
    via: { ...text('How it was asked for.'), examples: ['decide', 'check'] },
    caller: text("The caller's name in the service's configuration."),
    request: ref('record_request', 'What was asked for.'),
    outcome: word(OUTCOMES, 'For the whole request.'),
    block: BLOCK,
    eligible: listOrNothing(ELIGIBLE, 'Candidates that may receive it, in the order to try.'),
    blocked: listOrNothing(BLOCKED, "Candidates that may not, in the candidates' order."),
    claims: listOrNothing(ref('record_claim'), 'What eligible candidates rest on, each once.'),
    policies: listOrNothing(ref('record_policy'), 'The policies that matched.'),
    shadow: listOrNothing(SHADOW, 'What shadow policies would have blocked.'),
    warnings: texts("The codes of the answer's warnings."),
    bundle: BUNDLE,
    latencyUs: whole(0, "Microseconds from the call's admission to the decision."),
    withheld: texts('Paths of what was not of a form that may be recorded.'),
    replayable: truth('False: it cannot be decided again.'),
    abridged: word(
      ABRIDGEMENTS,
      'What was left out because the record would be too large; absent: nothing.',
    ),
  },
  {
    description: 'The record of one decision.',
    required: [
      ...['version', 'decisionId', 'at', 'via', 'request', 'outcome'],
      ...['eligible', 'blocked', 'claims', 'policies', 'replayable'],
    ],
  },
);
