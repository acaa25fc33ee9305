import type { AnswerDocument, BlockDocument, VerdictDocument } from '../../ports/wire-json';

/** What generated code makes of an answer: it leaves out lists that are empty. */
type Sparse<T, Lists extends keyof T> = Omit<T, Lists> & Partial<Pick<T, Lists>>;
type SparseDocument = Partial<Omit<AnswerDocument, 'verdicts' | 'block'>> & {
  readonly verdicts?: readonly Sparse<VerdictDocument, 'reasons'>[];
  readonly block?: Sparse<BlockDocument, 'providersConsidered'>;
};

/**
 * Completes the JSON of an answer. An empty `eligible` must be seen: a reader that finds none could take it for
 * "no restriction". Anything that is no answer becomes one that allows nothing.
 */
export function documentOf(json: unknown): AnswerDocument {
  const sparse = json as SparseDocument;
  const { block, ...others } = sparse;
  return {
    ...others,
    outcome: sparse.outcome ?? 'OUTCOME_UNSPECIFIED',
    eligible: sparse.eligible ?? [],
    verdicts: (sparse.verdicts ?? []).map((verdict) => ({
      ...verdict,
      reasons: verdict.reasons ?? [],
    })),
    ...(block === undefined
      ? {}
      : { block: { ...block, providersConsidered: block.providersConsidered ?? [] } }),
  };
}
