import { document, parse } from '../dialects/native/support';
import { tableRows, textOf } from './support/project-files';

const PAGE = textOf('docs/policy-tests.md');

/** A key that no mapping knows, and that is like none. */
const UNKNOWN = 'qqqqqqqqqqqq';

/** Every mapping of a document with nothing in it but what must be there, and `$` where a key may stand. */
const MAPPINGS: Readonly<Record<string, string>> = {
  spec: '$',
  case: 'cases: [{ $ }]',
  request: 'cases: [{ request: { $ } }]',
  preferences: 'cases: [{ request: { preferences: { $ } } }]',
  max_price: 'cases: [{ request: { preferences: { max_price: { $ } } } }]',
  candidates: 'cases: [{ request: { candidates: [{ $ }] } }]',
  caller: 'cases: [{ request: { caller: { $ } } }]',
  block: 'cases: [{ block: { $ } }]',
  reason: 'cases: [{ blocked: { x: { $ } } }]',
};

/** The keys of a mapping, as the decoder answers one that it does not know. */
function knownKeys(mapping: string): readonly string[] {
  const { findings } = parse(document('PolicyTest', mapping.replace('$', `${UNKNOWN}: 1`)));
  const help = findings.find(({ message }) => message.includes(UNKNOWN))?.help ?? '';
  return [...help.matchAll(/`([a-z_]+)`/gu)].map(([, key = '']) => key);
}

/** Keys of the rows of tables, without what they stand in. */
const DOCUMENTED = new Set(
  tableRows(PAGE).flatMap(([cell = '']) => cell.split(', ').map((key) => key.replaceAll('`', ''))),
);

describe('docs/policy-tests.md', () => {
  it.each(['spec', 'case', 'request', 'block'])(
    'has a row for each key of %s, and no other',
    (owner) => {
      const known = knownKeys(MAPPINGS[owner] ?? '').map((key) => `${owner}.${key}`);
      const rows = [...DOCUMENTED].filter((key) => key.startsWith(`${owner}.`));
      expect(rows.toSorted()).toEqual(known.toSorted());
      expect(known.length).toBeGreaterThan(2);
    },
  );

  it.each(['preferences', 'max_price', 'candidates', 'caller', 'reason'])(
    'names each key of %s',
    (owner) => {
      const known = knownKeys(MAPPINGS[owner] ?? '');
      expect(known.length).toBeGreaterThan(1);
      // `evidence` stands beside claims, as in a catalog.
      const missing = known.filter((key) => key !== 'evidence' && !PAGE.includes(key));
      expect(missing).toEqual([]);
    },
  );
});
