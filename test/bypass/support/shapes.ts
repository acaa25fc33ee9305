import type { Ask, Cannot, Surface } from './trick';

/** Those surfaces at which candidates are sent. */
export const SENT: readonly Surface[] = ['decide', 'stream', 'cli'];

/**
 * Nothing is left anywhere that a request reaches: the code of a reason, that of the block if it has another, and the
 * word or message that tells the block in the body of a system.
 */
export const nothing = (reason: string, block = reason, said = block): readonly Ask[] => [
  { on: [...SENT, 'list'], eligible: [], code: reason },
  { on: ['models'], eligible: [], code: block },
  { on: ['check'], eligible: [], code: said },
];

/** Nothing is left of the candidates that are sent. */
export const nothingSent = (code: string): Ask => ({ on: SENT, eligible: [], code });

/** The files are refused with this finding, so that nothing is decided by them. */
export const refused = (finding: string, files: Readonly<Record<string, string>>): Ask => ({
  on: ['file'],
  files,
  finding,
  eligible: [],
  code: finding,
});

/** An honest request by a model's name, on every surface. */
export function honest(
  context: Ask['context'] & { readonly model: string },
  eligible: readonly string[],
  candidates: readonly string[],
): readonly Ask[] {
  return [
    { on: ['file', ...SENT, 'list', 'check'], context, candidates, eligible },
    { on: ['models'], context, eligible: eligible.length > 0 ? [context.model] : [] },
  ];
}

/** The trick is in a request. */
export const IN_REQUEST = { file: 'in the request' } as const;

/** The trick is in a candidate. */
export const IN_CANDIDATE = {
  ...IN_REQUEST,
  list: 'no candidates',
  check: 'no candidates',
  models: 'no candidates',
} as const satisfies Partial<Record<Surface, Cannot>>;

/** The trick is in a file that is refused. */
export const IN_FILE = {
  decide: 'in a file',
  stream: 'in a file',
  list: 'in a file',
  check: 'in a file',
  models: 'in a file',
  cli: 'in a file',
} as const satisfies Partial<Record<Surface, Cannot>>;

/** The target is known by its provider alone. */
export const ONLY_BY_PROVIDER = {
  check: 'known by its provider',
  models: 'known by its provider',
} as const satisfies Partial<Record<Surface, Cannot>>;
