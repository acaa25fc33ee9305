import fc from 'fast-check';
import { CLAIM_TYPES, type ClaimName, type ClaimValue } from '../../../src/core/model/claim';
import { compileCel } from '../../../src/dialects/expression/cel-compiler';
import { runs, SEED } from '../../laws/support/runs';

const TOKENS = [
  'claims',
  'attributes',
  '.',
  'gdpr',
  'soc2',
  'retention_days',
  'processing_regions',
  '[',
  ']',
  '"x"',
  '"type2"',
  '(',
  ')',
  ' && ',
  ' || ',
  '!',
  ' == ',
  ' <= ',
  ' in ',
  '1',
  '0.5',
  'true',
  'false',
  'null',
  '{',
  '}',
  ':',
  ',',
  ' ? ',
  ' : ',
  '+',
  '-',
  '.all(r, ',
  '.exists(r, ',
  'r',
  'has(',
  'size(',
  '"',
  "'",
  '\\',
  '\n',
  '\0',
  'é',
  'b"x"',
  'x.y{}',
];

const tokens = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 25 })
  .map((parts) => parts.join(''));

const atom = fc.constantFrom(
  'claims.gdpr',
  'claims.soc2 == "type2"',
  'claims.retention_days <= 30',
  'has(claims.iso27001)',
  'attributes.x == "1"',
  'claims.processing_regions.all(r, r in ["DE"])',
  'claims.retention_days',
  'attributes.x',
  'true',
);

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('expression').map((inner) => `!(${inner})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('&&', '||', '=='), tie('expression'))
      .map(([left, by, right]) => `(${left} ${by} ${right})`),
  ),
}));

const value: fc.Arbitrary<ClaimValue> = fc.oneof(
  fc.boolean(),
  fc.double(),
  fc.nat(),
  fc.string({ maxLength: 5 }),
  fc.array(fc.constantFrom('DE', 'US'), { maxLength: 3 }),
);

const names: readonly ClaimName[] = [
  'gdpr',
  'soc2',
  'retention_days',
  'processing_regions',
  'iso27001',
];
const claims = fc.dictionary(fc.constantFrom(...names), value) as fc.Arbitrary<
  Partial<Record<ClaimName, ClaimValue>>
>;
const attributes = fc.dictionary(fc.constantFrom('x', 'y'), fc.string({ maxLength: 5 }));

test('compiling and evaluating are total, and all outcomes occur', () => {
  const outcomes = { rejected: 0, holds: 0, fails: 0, error: 0 };
  const text = fc.oneof(
    { weight: 2, arbitrary: expression },
    { weight: 1, arbitrary: tokens },
    { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  );
  fc.assert(
    fc.property(text, claims, attributes, (source, stated, request) => {
      const compiled = compileCel(source);
      if ('error' in compiled) {
        outcomes.rejected += 1;
        expect(compiled.offset).toBeLessThanOrEqual(source.length);
        return;
      }
      const result = compiled.program({
        claims: new Map(Object.entries(stated) as [ClaimName, ClaimValue][]),
        attributes: new Map(Object.entries(request)),
      });
      if ('error' in result) outcomes.error += 1;
      else outcomes[result.holds ? 'holds' : 'fails'] += 1;
    }),
    { numRuns: runs(3000), seed: SEED },
  );
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(50);
});

test('what an expression reads it names: other claims do not change its result', () => {
  let named = 0;
  fc.assert(
    fc.property(expression, claims, attributes, (source, stated, request) => {
      const compiled = compileCel(source);
      if ('error' in compiled) return;
      named += compiled.claims.length;
      const all = new Map(Object.entries(stated) as [ClaimName, ClaimValue][]);
      const own = new Map([...all].filter(([name]) => compiled.claims.includes(name)));
      const seen = new Map(Object.entries(request));
      expect(compiled.program({ claims: own, attributes: seen })).toEqual(
        compiled.program({ claims: all, attributes: seen }),
      );
    }),
    { numRuns: runs(1000), seed: SEED },
  );
  expect(named).toBeGreaterThan(500);
});

test('every known claim can be named', () => {
  for (const name of Object.keys(CLAIM_TYPES)) {
    expect(compileCel(`has(claims.${name})`)).toMatchObject({ claims: [name] });
  }
});
