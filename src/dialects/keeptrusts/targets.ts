import type { TargetDeclaration } from '../../core/model/catalog';
import { canonicalId } from '../../core/policy/identifier';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located, type Span } from '../yaml/source-text';
import { readClaims } from './claims';
import type { Notes } from './notes';
import { readSecretReference, warnOfSecrets } from './secrets';

/** UTF-16 units in an id or a model name; far longer than any that is in use, and all are kept in memory. */
const MAX_ID_CHARS = 200;

/** What all targets of a pack share. */
export interface TargetContext {
  readonly pool: string;
  readonly notes: Notes;
}

/** A target, and the word that names it. */
export interface ReadTarget {
  readonly declaration: TargetDeclaration;
  readonly label: Span;
}

/** The targets of a pack, in file order. Those with mistakes are reported and left out. */
export function readTargets(
  items: readonly ValueReader[],
  context: TargetContext,
): readonly ReadTarget[] {
  const seen = new Map<string, Located<string>>();
  return items.flatMap((item) => {
    const target = item.map();
    if (target === undefined) return [];
    const id = target.required('id')?.text({ maxChars: MAX_ID_CHARS });
    if (id !== undefined) rejectDuplicate(target, id, seen);
    const declaration = readTarget(target, id, context);
    return id === undefined || declaration === undefined ? [] : { declaration, label: id };
  });
}

function readTarget(
  target: MapReader,
  id: Located<string> | undefined,
  context: TargetContext,
): TargetDeclaration | undefined {
  const provider = target.required('provider')?.text({ maxChars: MAX_ID_CHARS });
  const model = target.required('model')?.text({ maxChars: MAX_ID_CHARS });
  const credential = readSecretReference(target.map('secret_key_ref'));
  warnOfSecrets(target, context.notes);
  const claims = readClaims(target);
  target.close();
  if (id === undefined || provider === undefined || model === undefined) return undefined;
  return {
    id: id.value,
    provider: provider.value,
    model: model.value,
    pool: context.pool,
    ...credential,
    claims,
    claimsStatedOn: 'credential',
    position: id.position,
    places: { id: id.position, provider: provider.position },
  };
}

function rejectDuplicate(
  target: MapReader,
  id: Located<string>,
  seen: Map<string, Located<string>>,
): void {
  const first = seen.get(canonicalId(id.value));
  if (first === undefined) {
    seen.set(canonicalId(id.value), id);
    return;
  }
  const place = `${String(first.position.line)}:${String(first.position.column)}`;
  target.report.error(
    'duplicate_item',
    id,
    `the target ${quote(id.value)} stands twice, first at ${place}`,
    {
      help: 'give each target its own id',
      related: { at: first, message: 'the first stands here' },
    },
  );
}
