import { blocksOf } from '../e2e/docs/markdown-blocks';
import { serveRecording } from '../pep/support/recording-server';
import { FORM } from '../service/evidence/support/form-keys';
import { textOf, tableRows } from './support/project-files';

const FILE = 'docs/records.md';
const PAGE = textOf(FILE);

/** What the page calls a type of the form. */
const TITLES: Readonly<Record<string, string>> = {
  RecordedDecision: 'Key of the record',
  RecordedRequest: 'Key of request',
  RecordedPreferences: 'Key of preferences',
  RecordedCandidate: 'Key of a candidate',
  RecordedClaim: 'Key of a claim',
  RecordedEligible: 'Key of an eligible candidate',
  RecordedBlocked: 'Key of a blocked candidate',
  RecordedReason: 'Key of a reason',
  RecordedBlock: 'Key of block',
  RecordedPolicy: 'Key of a policy',
  RecordedShadow: 'Key of a shadow finding',
  RecordedBundle: 'Key of bundle',
  RecordedPlace: 'Key of a place',
};

/** The tables of keys by their first title: rows of key and meaning. */
const TABLES = new Map(
  PAGE.split('\n\n')
    .map(tableRows)
    .filter(([title]) => title?.[0]?.startsWith('Key of ') === true)
    .map(([title = [], , ...rows]) => [title[0], rows]),
);

test('the page has a table of keys for every part of the form, and no other', () => {
  expect(Object.keys(TITLES).toSorted()).toEqual(Object.keys(FORM).toSorted());
  expect([...TABLES.keys()].toSorted()).toEqual(Object.values(TITLES).toSorted());
});

test.each(Object.keys(FORM))(
  'it tells what each key of %s holds, in the order of the form',
  (type) => {
    const rows = TABLES.get(TITLES[type] ?? '') ?? [];
    expect(rows.map(([key]) => key)).toEqual(Object.keys(FORM[type] ?? {}));
    expect(rows.filter(([, meaning = '']) => meaning === '')).toEqual([]);
  },
);

test('its example is what is recorded of its request under its policy', async () => {
  const [policy = '', request = '', record = ''] = blocksOf(FILE, PAGE).map(({ lines }) =>
    lines.join('\n'),
  );
  const server = await serveRecording({ 'policy.yaml': policy }, new Set());
  try {
    expect(await server.decide(JSON.parse(request))).toBe(true);
    const [made] = server.taken();
    expect(JSON.stringify(JSON.parse(record), undefined, 2)).toBe(
      JSON.stringify(made, undefined, 2),
    );
  } finally {
    server.close();
  }
});
