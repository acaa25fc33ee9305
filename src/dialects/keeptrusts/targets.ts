import type { TargetDeclaration } from '../../core/model/catalog';
import { canonicalId } from '../../core/policy/identifier';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { readClaims } from './claims';
import type { Notes } from './notes';

/** UTF-16 units in an id or a model name; far longer than any that is in use, and all are kept in memory. */
const MAX_ID_CHARS = 200;

/** Keys that hold a secret itself. They are accepted and their values are never looked at. */
const SECRET_KEYS = ['api_key', 'secret_key'] as const;

/** What all targets of a pack share. */
export interface TargetContext {
  readonly pool: string;
  readonly notes: Notes;
}

/** The targets of a pack, in file order. Those with mistakes are reported and left out. */
export function readTargets(
  items: readonly ValueReader[],
  context: TargetContext,
): readonly TargetDeclaration[] {
  const seen = new Map<string, Located<string>>();
  return items.flatMap((item) => {
    const target = item.map();
    if (target === undefined) return [];
    const id = target.required('id')?.text({ maxChars: MAX_ID_CHARS });
    if (id !== undefined) rejectDuplicate(target, id, seen);
    const declaration = readTarget(target, id, context);
    return declaration ?? [];
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
    ...(credential === undefined ? {} : credential),
    claims,
    claimsStatedOn: 'credential',
    position: id.position,
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

/** The reference's name is kept, for configurations that are written; the secret itself is never in a pack. */
function readSecretReference(
  reference: MapReader | undefined,
): Pick<TargetDeclaration, 'credential' | 'secretRef'> | undefined {
  if (reference === undefined) return undefined;
  const env = reference.text('env', {
    pattern: /^[A-Za-z_]\w*$/u,
    form: 'the name of an environment variable: letters, digits and underscores',
    maxChars: MAX_ID_CHARS,
  });
  const store = reference.text('store', {
    pattern: /^[\w./-]+$/u,
    form: 'the name of a stored secret: letters, digits and `_ . / -`',
    maxChars: MAX_ID_CHARS,
  });
  if (reference.has('env') === reference.has('store')) {
    const help = 'name the environment variable that holds the key: `env: OPENAI_API_KEY`';
    reference.fail('missing_key', `${quote(reference.path)} must hold one of \`env\`, \`store\``, {
      help,
    });
  }
  reference.close();
  if (env !== undefined) return { credential: `env:${env.value}`, secretRef: env.value };
  return store === undefined
    ? undefined
    : { credential: `store:${store.value}`, secretRef: store.value };
}

function warnOfSecrets(target: MapReader, notes: Notes): void {
  for (const key of SECRET_KEYS) {
    const secret = target.value(key);
    if (secret === undefined) continue;
    notes.warn('secret_value', secret.label, {
      message: `\`${key}\` holds a secret, which is not kept`,
      help: 'name where the secret is instead: `secret_key_ref: {env: NAME}`',
    });
  }
}
