import type { Claim, ClaimValue, KnownClaimName } from '../../core/model/claim';
import { formatPosition } from '../../core/model/source-position';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located, Span } from '../yaml/source-text';

/** The longest retention that a declaration or a bound may state, in days: a thousand years. */
export const MAX_RETENTION_DAYS = 365_000;

/** The declarations of `data_policy` that are true or false. Each means the claim of the same name. */
const BOOLEAN_DECLARATIONS = [
  'zero_data_retention',
  'training_opt_out',
  'in_memory_only',
  'accepts_tokenized_input',
  'allow_internet_egress',
  'local_only_processing',
] as const satisfies readonly KnownClaimName[];

/** A statement of a target: its value, and the key that a reason points at. */
interface Statement {
  readonly name: KnownClaimName;
  readonly value: ClaimValue;
  readonly label: Span;
}

/**
 * The claims of a target. What is not declared stays undeclared: the documented default of false and a gap both
 * block, but only a gap is something to ask the provider about.
 */
export function readClaims(target: MapReader): readonly Claim[] {
  const declared = readDataPolicy(target.map('data_policy'));
  const shorthand = statement('zero_data_retention', target.value('zdr'), readTruth);
  const collection = statement('analytics_collection', target.value('data_collection'), (value) =>
    value.choice(['allow', 'deny'], { proposed: ['deny'] }),
  );
  const extra = [addShorthand(target, declared, shorthand), collection];
  return [...declared, ...extra.filter((each) => each !== undefined)].map(toClaim);
}

function readDataPolicy(policy: MapReader | undefined): readonly Statement[] {
  if (policy === undefined) return [];
  const statements = [
    ...BOOLEAN_DECLARATIONS.map((name) => statement(name, policy.value(name), readTruth)),
    statement('retention_days', policy.value('retention_days'), (value) =>
      value.integer({ max: MAX_RETENTION_DAYS }),
    ),
  ];
  policy.close();
  return statements.filter((each) => each !== undefined);
}

function readTruth(value: ValueReader): Located<boolean> | undefined {
  return value.boolean();
}

function statement(
  name: KnownClaimName,
  reader: ValueReader | undefined,
  read: (reader: ValueReader) => Located<ClaimValue> | undefined,
): Statement | undefined {
  const value = reader === undefined ? undefined : read(reader);
  if (reader === undefined || value === undefined) return undefined;
  return { name, value: value.value, label: reader.label };
}

/** The shorthand is expanded here, once; against the block it stands for, neither can be trusted (L2). */
function addShorthand(
  target: MapReader,
  declared: readonly Statement[],
  shorthand: Statement | undefined,
): Statement | undefined {
  const block = declared.find(({ name }) => name === 'zero_data_retention');
  if (shorthand === undefined || block === undefined) return shorthand;
  if (shorthand.value === block.value) return undefined;
  const place = formatPosition(block.label.position);
  target.report.error(
    'contradiction',
    shorthand.label,
    `\`zdr: ${String(shorthand.value)}\` contradicts \`zero_data_retention: ${String(block.value)}\` at ${place}`,
    {
      help: 'keep the one that the provider declares and remove the other',
      related: { at: block.label, message: 'the other statement stands here' },
    },
  );
  return undefined;
}

function toClaim({ name, value, label }: Statement): Claim {
  return { name, value, position: label.position, assurance: 'declared' };
}
