import { APIS, FEATURES } from '../../src/core/model/api';
import { ASSURANCES } from '../../src/core/model/claim';
import {
  listOrNothing,
  mapping,
  ref,
  truth,
  whole,
  word,
  type Definitions,
  type Schema,
} from './json-schema';

/** Any text, an empty one too. */
export const text = (description: string): Schema => ({ type: 'string', description });

/** A list of any texts. */
export const texts = (description: string): Schema =>
  listOrNothing({ type: 'string' }, description);

/** What follows the year of an instant as Ambit writes it. */
const AFTER_YEAR =
  '-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])' +
  'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{3}Z$';

/** An instant; years beyond four digits have a sign and six. */
const INSTANT = `^(?:[0-9]{4}|[+-][0-9]{6})${AFTER_YEAR}`;

/** An instant that a clock has told. */
const MOMENT = `^[0-9]{4}${AFTER_YEAR}`;

const PLACE = mapping(
  {
    file: text('The path, as the operator gave it. Empty: in no file, but in the request itself.'),
    line: whole(0, 'The line, counted from 1.'),
    column: whole(0, 'The column, counted from 1.'),
  },
  { description: 'A place in a file of the bundle.', required: ['file', 'line', 'column'] },
);

const CLAIM_VALUE: Schema = {
  description: 'True or false, a number, a text, or a list of texts.',
  anyOf: [
    { type: 'boolean' },
    { type: 'number' },
    { type: 'string' },
    { type: 'array', items: { type: 'string' } },
  ],
};

/** A claim as records have it. */
export const CLAIM = mapping(
  {
    name: text('The name, such as `retention_days` or `label:tier`.'),
    value: CLAIM_VALUE,
    assurance: word(ASSURANCES, 'How well it is founded.'),
    source: ref('record_place', 'Where it stands.'),
    evidence: text('Where the fact is published. Absent: nobody says.'),
    checkedAt: ref('record_instant', 'When it was last checked.'),
    expiresAt: ref('record_instant', 'From when on it is expired. Absent: never.'),
    apis: listOrNothing(ref('record_api'), 'The APIs that it covers. Absent: all.'),
    features: listOrNothing(ref('record_feature'), 'The features that it covers.'),
  },
  {
    description: 'A fact that a decision relied on, or that a candidate brought.',
    required: ['name', 'value', 'assurance', 'source'],
  },
);

const REASON = mapping(
  {
    code: text('The code.'),
    layer: text('The layer.'),
    policy: text('The policy that demands it. Absent: the request itself, or identity.'),
    requirement: text('The kind of the requirement, list or filter.'),
    claim: text('The name of the claim.'),
    state: text('What was found.'),
    expected: text('What is demanded.'),
    observed: text('What is there instead.'),
    source: ref('record_place', 'Where the rule stands.'),
    claimSource: ref('record_place', 'Where the claim stands that was found wanting.'),
  },
  { description: 'One reason.', required: ['code', 'layer', 'state'] },
);

const CANDIDATE = mapping(
  {
    ref: text("The enforcement point's own name for it."),
    target: text("The target's id."),
    provider: text("The provider's id or alias."),
    model: text('The model.'),
    region: text('The region.'),
    endpoint: text("The endpoint's id, or its address without user, query and fragment."),
    credential: text('The name of the credential, never the credential itself.'),
    claims: listOrNothing(ref('record_claim'), 'What it claims of itself.'),
  },
  { description: 'A candidate as it was asked about.', required: ['ref'] },
);

/** What records consist of, and refer to by name. */
export const RECORD_PARTS: Definitions = {
  record_instant: {
    type: 'string',
    description: 'An instant in RFC 3339, UTC, with milliseconds.',
    pattern: INSTANT,
    examples: ['2026-01-31T09:30:00.000Z'],
  },
  record_moment: {
    type: 'string',
    description:
      'An instant of a clock: in RFC 3339, UTC, with milliseconds, of the years 0 to 9999.',
    pattern: MOMENT,
    examples: ['2026-01-31T09:30:00.000Z'],
  },
  record_api: word(APIS, 'An API.'),
  record_feature: word(FEATURES, 'A feature of requests.'),
  record_place: PLACE,
  record_claim: CLAIM,
  record_reason: REASON,
  record_candidate: CANDIDATE,
  record_policy: mapping(
    {
      id: text("The policy's id."),
      mode: text('What it does with what it finds.'),
      counts: truth('False: it restricts, but does not count as one that applies.'),
    },
    { description: 'A policy that matched.', required: ['id', 'mode', 'counts'] },
  ),
};
