import type { Candidate } from '../../../src/core/model/request';
import type { Candidate as WireCandidate } from '../../../src/gen/ambit/v1/request';
import { candidatesFromWire } from '../../../src/pep/grpc/candidates-from-wire';
import type { Violation } from '../../../src/pep/grpc/violations';
import {
  MAX_CANDIDATES,
  MAX_ENDPOINT_BYTES,
  MAX_ID_BYTES,
  MAX_MODEL_BYTES,
} from '../../../src/pep/limits';

/** What reading gives, and what it finds wrong. */
function read(...wire: readonly Partial<WireCandidate>[]): {
  readonly candidates: readonly Candidate[];
  readonly violations: readonly Violation[];
} {
  const violations: Violation[] = [];
  const candidates = candidatesFromWire(
    wire.map((each) => ({ claims: [], ...each })),
    violations,
  );
  return { candidates, violations };
}

describe('candidates', () => {
  it('keep their order and every part that is there, empty ones too', () => {
    const parts = {
      ref: 'a',
      target: 't',
      provider: '',
      model: 'm',
      region: '',
      endpoint: 'e',
      credential: 'c',
    };
    expect(read(parts, { ref: 'b' })).toEqual({
      candidates: [
        { ...parts, claims: [] },
        { ref: 'b', claims: [] },
      ],
      violations: [],
    });
  });

  it('have no part that was not sent', () => {
    const [candidate] = read({ ref: 'a', target: undefined }).candidates;
    expect(Object.keys(candidate ?? {})).toEqual(['ref', 'claims']);
  });

  it('go by their target where they have no ref', () => {
    expect(read({ target: 't' }).candidates).toEqual([{ ref: 't', target: 't', claims: [] }]);
  });

  it('have claims of their own', () => {
    const claims = [
      {
        name: 'gdpr',
        value: { $case: 'boolValue' as const, value: true },
        expiresAt: undefined,
        apis: [],
        features: [],
      },
    ];
    const { candidates } = read({ ref: 'a', claims }, { ref: 'b' });
    expect(candidates.map((each) => each.claims.map(({ name }) => name))).toEqual([['gdpr'], []]);
    expect(
      read({ ref: 'a' }, { ref: 'b', claims: [{ ...claims[0], name: 'x' }] } as never),
    ).toMatchObject({
      violations: [{ path: 'candidates[1].claims[0].name' }],
    });
  });
});

describe('what is wrong with a ref', () => {
  it.each<[string, readonly Partial<WireCandidate>[], Violation]>([
    [
      'it is missing, and no target is there',
      [{ ref: 'a' }, { provider: 'p' }],
      {
        path: 'candidates[1].ref',
        problem: 'is missing; it may be left out only where `target` is named',
      },
    ],
    ['it is empty', [{ ref: '', target: 't' }], { path: 'candidates[0].ref', problem: 'is empty' }],
    [
      'the target in its place is empty',
      [{ target: '' }],
      { path: 'candidates[0].ref', problem: 'is empty' },
    ],
    [
      'it is there twice',
      [{ ref: 'a' }, { ref: 'b' }, { ref: 'a' }],
      { path: 'candidates[2].ref', problem: 'is that of candidates[0], too; each needs its own' },
    ],
    [
      'it is the target of another',
      [{ target: 'a' }, { ref: 'a', target: 'b' }],
      { path: 'candidates[1].ref', problem: 'is that of candidates[0], too; each needs its own' },
    ],
  ])('is told: %s', (_, wire, violation) => {
    expect(read(...wire).violations).toEqual([violation]);
  });

  it('is told for each candidate', () => {
    expect(read({}, {}, { ref: 'a' }, { ref: 'a' }, { ref: 'a' }).violations).toHaveLength(4);
  });

  it('is no matter of case or form: refs are the caller’s own', () => {
    expect(read({ ref: 'a' }, { ref: 'A' }, { ref: 'ü' }, { ref: 'u\u0308' }).violations).toEqual(
      [],
    );
  });
});

describe('limits', () => {
  it.each<[keyof Omit<WireCandidate, 'claims'>, number]>([
    ['ref', MAX_ID_BYTES],
    ['target', MAX_ID_BYTES],
    ['provider', MAX_ID_BYTES],
    ['model', MAX_MODEL_BYTES],
    ['region', MAX_ID_BYTES],
    ['endpoint', MAX_ENDPOINT_BYTES],
    ['credential', MAX_ID_BYTES],
  ])('of `%s` are bytes of UTF-8: %i', (part, bytes) => {
    const long = 'ü'.repeat(bytes / 2);
    expect(read({ ref: 'a', [part]: long }).violations).toEqual([]);
    expect(read({ ref: 'a' }, { ref: 'b', [part]: `${long}x` }).violations).toEqual([
      { path: `candidates[1].${part}`, problem: `has more than ${String(bytes)} bytes` },
    ]);
  });

  it('are so many candidates', () => {
    const many = Array.from({ length: MAX_CANDIDATES }, (_, index) => ({ ref: String(index) }));
    expect(read(...many)).toMatchObject({ violations: [], candidates: { length: MAX_CANDIDATES } });
    expect(read(...many, { ref: 'x' })).toEqual({
      candidates: [],
      violations: [
        { path: 'candidates', problem: 'has more than 1024 elements; ask in several requests' },
      ],
    });
  });
});
