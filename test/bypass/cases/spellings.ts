import { honest, IN_FILE, nothing, refused, SENT } from '../support/shapes';
import type { Ask, Trick, World } from '../support/trick';

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: spellings }
spec:
  providers:
    - id: mistral
      claims: { training_opt_out: true }
      targets: [{ model: large, serves: [large] }]
    - id: acme
      claims: { training_opt_out: true }
      targets: [{ model: small, serves: [small] }]
    - id: deepseek
      claims: { training_opt_out: true }
      targets: [{ model: v3, serves: [v3] }]
`;

const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: guard }
spec:
  providers: { deny: [deepseek] }
  requirements: { require_no_training: true }
`;

const REVIEWED = `apiVersion: ambit/v1
kind: Policy
metadata: { name: reviewed }
spec:
  providers: { allow: [mistral, acme, deepseek] }
`;

/** A catalog that offers the denied provider once more, under a spelling of its name. */
const offering = (id: string): string => `apiVersion: ambit/v1
kind: Catalog
metadata: { name: more }
spec:
  providers:
    - id: ${JSON.stringify(id)}
      claims: { training_opt_out: true }
      targets: [{ id: other, model: v4, serves: [v4] }]
`;

interface Spelling {
  readonly id: string;
  readonly how: string;
  /** The provider's name so spelt. */
  readonly spelt: string;
  readonly file: Ask;
  /** The code where the name is asked for; unless said, nobody has the name. */
  readonly asked?: string;
}

/** The candidate is named in the spelling, and so is the model. */
function trickOf({ id, how, spelt, file, asked = 'unknown_model' }: Spelling): Trick {
  return {
    id,
    trick: `The denied provider is named ${how}.`,
    rule: 'Ids compare as they are (NFC), so that no look-alike is known or allowed; what is denied compares without case, width and what nobody sees.',
    laws: ['L1', 'L12'],
    candidates: [{ ref: 'x', provider: spelt, model: 'v3' }],
    context: { model: `${spelt}/v3` },
    closed: [
      { on: SENT, context: {}, eligible: [], code: 'unknown_target' },
      ...nothing(asked).map((ask) => ({
        ...ask,
        on: ask.on.filter((each) => !SENT.includes(each)),
      })),
      file,
    ],
    cannot: {},
  };
}

/** It is denied all the same, or the allow list does not name it. */
const listed = (spelt: string, code: string): Ask => ({
  on: ['file'],
  files: { 'more.yaml': offering(spelt) },
  context: {},
  candidates: ['other'],
  eligible: [],
  code,
});

const bad = (spelt: string): Ask => refused('invalid_text', { 'more.yaml': offering(spelt) });

/** How the name is spelt; what is not ASCII is no name of a native file at all. */
const SPELLINGS: readonly (readonly [id: string, how: string, spelt: string, inFile?: string])[] = [
  ['case', 'in capitals, `DEEPSEEK`', 'DEEPSEEK', 'provider_denied'],
  ['cyrillic', 'with a Cyrillic `е`', 'd\u0435epseek'],
  [
    'full-width',
    'in full width, `ｄｅｅｐｓｅｅｋ`',
    '\uff44\uff45\uff45\uff50\uff53\uff45\uff45\uff4b',
  ],
  ['zero-width', 'with a zero-width space inside', 'deep\u200bseek'],
  ['soft-hyphen', 'with a soft hyphen inside', 'deep\u00adseek'],
  ['right-to-left', 'behind a mark that turns the direction of writing', '\u202edeepseek'],
  ['combining', 'with a mark that combines with a letter (NFD)', 'deepse\u0301ek'],
  ['percent', 'with a percent-encoded letter, `deep%73eek`', 'deep%73eek', 'provider_not_allowed'],
  ['nul', 'with `%00` behind it', 'deepseek%00', 'provider_not_allowed'],
  ['trailing-dot', 'with a dot behind it', 'deepseek.', 'provider_not_allowed'],
  ['trailing-space', 'with a space behind it', 'deepseek '],
];

export const SPELLED: World = {
  name: 'spellings',
  title: 'Spellings of one name',
  about: 'DeepSeek is denied, although an older allow list names it.',
  files: { 'catalog.yaml': CATALOG, 'policy.yaml': POLICY, 'reviewed.yaml': REVIEWED },
  controls: {
    small: honest({ model: 'small' }, ['acme/small'], ['acme/small', 'deepseek/v3']),
    plain: honest({ model: 'large' }, ['mistral/large'], ['mistral/large', 'deepseek/v3']),
  },
  tricks: [
    ...SPELLINGS.map(([id, how, spelt, inFile]) =>
      trickOf({ id, how, spelt, file: inFile === undefined ? bad(spelt) : listed(spelt, inFile) }),
    ),
    {
      id: 'percent-encoded-slash',
      trick: 'The slash of a pin is percent-encoded, `deepseek%2Fv3`.',
      rule: 'Names are never decoded a second time; this one is nobody’s.',
      laws: ['L1', 'L12'],
      context: { model: 'deepseek%2Fv3' },
      candidates: ['deepseek%2Fv3'],
      closed: [
        { on: SENT, eligible: [], code: 'unknown_target' },
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: { file: 'in the request' },
    },
    {
      id: 'slashes-and-dots',
      trick: 'The path of a name goes up and down again, `mistral/../deepseek/v3`.',
      rule: 'A name is no path: the pin is Mistral, and the rest is nobody’s name there.',
      laws: ['L7', 'L12'],
      context: { model: 'mistral/../deepseek/v3' },
      candidates: ['mistral/../deepseek/v3', 'deepseek/v3'],
      closed: [
        { on: SENT, eligible: [], code: 'request_pin' },
        { on: ['list', 'check', 'models'], eligible: [], code: 'unknown_model' },
      ],
      cannot: { file: 'in the request' },
    },
    {
      id: 'trailing-slash',
      trick: 'A slash behind the name, `deepseek/v3/`.',
      rule: 'Nothing is trimmed: the name is another, which nobody has.',
      laws: ['L1', 'L12'],
      context: { model: 'deepseek/v3/' },
      candidates: ['deepseek/v3/'],
      closed: [
        { on: SENT, eligible: [], code: 'unknown_target' },
        { on: ['list', 'check', 'models'], eligible: [], code: 'provider_not_allowed' },
      ],
      cannot: { file: 'in the request' },
    },
    {
      id: 'look-alike-in-allow',
      trick: 'A list that someone else reviewed allows `mistrаl`, with a Cyrillic letter.',
      rule: 'Native files know names in ASCII only: the file is refused.',
      laws: ['L12'],
      closed: [
        refused('invalid_text', {
          'reviewed.yaml': REVIEWED.replace('mistral', 'mistr\u0430l'),
        }),
      ],
      cannot: IN_FILE,
    },
    {
      id: 'case-in-allow',
      trick:
        'The allow list names the provider in other letters, so that another one could come to that name.',
      rule: 'What is allowed compares letter by letter, whatever is denied.',
      laws: ['L12'],
      files: {
        'reviewed.yaml': REVIEWED.replace(
          'allow: [mistral, acme, deepseek]',
          'allow: [Mistral, acme, deepseek]',
        ),
      },
      context: { model: 'large' },
      candidates: ['mistral/large'],
      closed: [
        ...nothing('provider_not_allowed'),
        { on: ['file'], eligible: [], code: 'provider_not_allowed' },
      ],
      cannot: {},
      control: 'small',
    },
  ],
};
