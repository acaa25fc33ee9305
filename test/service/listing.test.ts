import { digestOf } from '../../src/platform/digest';
import { readCatalog } from '../../src/service/catalog-query';
import type { CatalogPage } from '../../src/service/catalog-query';
import { ANYONE } from '../../src/service/caller-rights';
import { listEligible } from '../../src/service/list-eligible';
import type { ListingPage } from '../../src/service/list-eligible';
import type { Ask } from '../../src/ports/answer';
import { CATALOG, POLICY } from '../cli/support/files';
import { ask } from './support/asks';
import { createTestPoint, loadText, START_MS } from './support/world';
import type { TestPoint } from './support/world';
import { now } from './support/now';

/** Claims at each level, one that has ended, one that ends in a minute, and a provider that knows any model. */
const LEVELS = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: levels }
spec:
  providers:
    - id: wide
      models: any
      claims: { training_opt_out: true, gdpr: true, retention_days: { value: 3, expires_at: '2025-01-01' } }
      targets:
        - id: wide/own
          model: own
          claims: { gdpr: false, soc2: { value: type2, expires_at: '2026-01-01T00:01:00Z' }, labels: { a: x } }
`;

async function pointOn(text: string): Promise<TestPoint> {
  return createTestPoint(await loadText(text));
}

describe('a listing', () => {
  const asked = ask({ context: { model: 'chat' } });
  let tested: TestPoint;

  beforeEach(async () => {
    tested = await pointOn(`${CATALOG}---\n${POLICY}`);
  });

  const page = (pageToken: string, pageSize = 2, of: Ask = asked) =>
    now(
      listEligible(tested.point, digestOf, { ask: of, pressure: undefined, pageSize, pageToken }),
    );

  function pageOf(pageToken: string, pageSize?: number): ListingPage {
    const found = page(pageToken, pageSize);
    if ('problem' in found) throw new Error(found.problem);
    return found;
  }

  const refs = ({ verdicts }: ListingPage): readonly string[] => verdicts.map(({ ref }) => ref);

  it('gives all verdicts in pages, and each eligible one once', () => {
    const first = pageOf('');
    const second = pageOf(first.nextPageToken);
    expect([refs(first), refs(second)]).toEqual([
      ['good/chat-large', 'keeps/chat'],
      ['silent/chat'],
    ]);
    expect([...first.eligible, ...second.eligible].map(({ ref }) => ref)).toEqual([
      'good/chat-large',
    ]);
    expect(second.nextPageToken).toBe('');
    expect(second.answer.decision).toEqual(first.answer.decision);
  });

  it('ends with a page that is just full', () => {
    expect(pageOf('', 3).nextPageToken).toBe('');
    expect(pageOf(pageOf('', 1).nextPageToken, 2).nextPageToken).toBe('');
  });

  it('is recorded once, with its first page', () => {
    pageOf(pageOf('').nextPageToken);
    expect(tested.records).toHaveLength(1);
  });

  it.each<[string, Ask]>([
    ['model', ask({ context: { model: 'chat-large' } })],
    ['tenant', ask({ context: { model: 'chat', tenant: 't' } })],
    ['scope', ask({ context: { model: 'chat', scope: new Map([['team', 'x']]) } })],
    ['attribute', ask({ context: { model: 'chat', attributes: new Map([['a', 'x']]) } })],
    ['preference', ask({ context: { model: 'chat', preferences: { only: ['keeps'] } } })],
    ['detail', { ...asked, detail: 'summary' }],
    ['demand', { ...asked, minBundle: { kind: 'revision', revision: 0n } }],
    ['problem', ask({ context: { model: 'chat' }, problems: ['x'] })],
  ])('takes no token of a listing with another %s', (_, other) => {
    const { nextPageToken } = pageOf('');
    expect(page(nextPageToken)).not.toHaveProperty('problem');
    expect(page(nextPageToken, 2, other)).toHaveProperty('problem');
  });

  it('takes a token whatever the order of the scope is written in', () => {
    const scoped = (...keys: readonly string[]) =>
      ask({ context: { model: 'chat', scope: new Map(keys.map((key) => [key, 'x'])) } });
    const first = page('', 2, scoped('a', 'b'));
    if ('problem' in first) throw new Error(first.problem);
    expect(page(first.nextPageToken, 2, scoped('b', 'a'))).not.toHaveProperty('problem');
  });

  it('takes no token of an earlier bundle', async () => {
    const { nextPageToken } = pageOf('');
    tested.store.offer(await loadText(`${CATALOG}---\n${POLICY.replace('7', '8')}`));
    expect(page(nextPageToken)).toHaveProperty('problem');
  });

  it('gives what the service refuses as a block without verdicts', () => {
    tested.point.refuseFurther();
    const { answer, eligible } = pageOf('');
    expect(answer.decision.block?.code).toBe('shutting_down');
    expect(eligible).toEqual([]);
  });
});

describe('the catalog', () => {
  const read = ({ store, clock }: TestPoint, pageToken = '', pageSize = 256) =>
    readCatalog({ store, clock, digestOf }, { pageToken, pageSize, caller: ANYONE });

  function pageOf(tested: TestPoint, pageToken?: string, pageSize?: number): CatalogPage {
    const page = read(tested, pageToken, pageSize);
    if (!('entries' in page)) throw new Error(JSON.stringify(page));
    return page;
  }

  const claimsOf = (page: CatalogPage): readonly unknown[] =>
    page.entries.map(({ kind, declaration, claims }) => [
      kind,
      declaration.id,
      claims.map(({ claim, level }) => [claim.name, claim.value, level]),
    ]);

  it('shows targets, then providers that know any model, with what is in force, in registry order', async () => {
    const page = pageOf(await pointOn(LEVELS));
    expect(claimsOf(page)).toEqual([
      [
        'target',
        'wide/own',
        [
          ['training_opt_out', true, 'provider'],
          ['soc2', 'type2', 'target'],
          ['gdpr', false, 'target'],
          ['label:a', 'x', 'target'],
        ],
      ],
      [
        'provider',
        'wide',
        [
          ['training_opt_out', true, 'provider'],
          ['gdpr', true, 'provider'],
        ],
      ],
    ]);
    expect(page.bundle).toMatchObject({ validUntilMs: START_MS + 60_000 });
  });

  it('no longer shows what has ended, and never falls back to a wider level', async () => {
    const tested = await pointOn(LEVELS);
    tested.clock.moveMs(60_000);
    expect(JSON.stringify(claimsOf(pageOf(tested)))).not.toContain('soc2');
  });

  it('comes in pages, whose tokens end with a claim or a bundle', async () => {
    const tested = await pointOn(LEVELS);
    const first = pageOf(tested, '', 1);
    const second = pageOf(tested, first.nextPageToken, 1);
    expect([first, second].flatMap(({ entries }) => entries)).toEqual(pageOf(tested).entries);
    expect(second.nextPageToken).toBe('');
    tested.clock.moveMs(60_000);
    expect(read(tested, first.nextPageToken)).toHaveProperty('problem');
  });

  it('is empty, and of no bundle, while nothing is loaded', () => {
    expect(read(createTestPoint())).toEqual({ entries: [], nextPageToken: '' });
  });
});
