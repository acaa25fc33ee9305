import type { TargetDeclaration } from '../../core/model/catalog';
import type { MapReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import type { TextRules } from '../yaml/scalars';
import type { Notes } from './notes';

/** UTF-16 units in the name of a secret. */
const MAX_NAME_CHARS = 200;

/** Keys that hold a secret itself. They are accepted and their values are never looked at. */
const SECRET_KEYS = ['api_key', 'secret_key'] as const;

/** How the keys of well-known services start. They hold digits, which tells them from names such as `hf_production`. */
const SECRET_START =
  /^(?:(?:sk|pk|rk|gsk|hf|r8|xai|nvapi|pplx|ghp|gho|xox[bp])[-_]|AKIA|ASIA|AIza|eyJ)(?=.*\d)[-_A-Za-z0-9]{8,}/u;

/** Characters from which on a word of letters of both cases and digits is no name that people give. */
const MIN_RANDOM_CHARS = 20;

/** Where the secret of a target is to be found. */
type SecretReference = Pick<TargetDeclaration, 'credential' | 'secretRef'>;

const ENV_RULES: TextRules = {
  pattern: /^[A-Za-z_]\w*$/u,
  form: 'the name of an environment variable: letters, digits and underscores',
  maxChars: MAX_NAME_CHARS,
};

const STORE_RULES: TextRules = {
  pattern: /^[\w./-]+$/u,
  form: 'the name of a stored secret: letters, digits and `_ . / -`',
  maxChars: MAX_NAME_CHARS,
};

/** The reference's name is kept, for configurations that are written; the secret itself is never in a pack. */
export function readSecretReference(reference: MapReader | undefined): SecretReference | undefined {
  if (reference === undefined) return undefined;
  const env = readName(reference, 'env', ENV_RULES);
  const store = readName(reference, 'store', STORE_RULES);
  if (reference.has('env') === reference.has('store')) {
    const help = 'name the environment variable that holds the key: `env: OPENAI_API_KEY`';
    reference.fail('missing_key', `${quote(reference.path)} must hold one of \`env\`, \`store\``, {
      help,
    });
  }
  reference.close();
  if (env !== undefined) return { credential: `env:${env}`, secretRef: env };
  return store === undefined ? undefined : { credential: `store:${store}`, secretRef: store };
}

/** Reads a name. What is wrong is never shown: whoever writes something else here writes the secret itself. */
function readName(reference: MapReader, key: string, rules: TextRules): string | undefined {
  const value = reference.value(key);
  if (value === undefined) return undefined;
  if (value.kind !== 'text') {
    value.failType('text', { help: 'write the name of the secret' });
    return undefined;
  }
  const name = value.text(rules)?.value;
  if (name === undefined || !looksLikeSecret(name)) return name;
  value.fail('secret_value', `${value.name} holds what looks like a secret, not its name`, {
    help: 'write the name under which the gateway finds the secret, and replace the secret itself',
  });
  return undefined;
}

function looksLikeSecret(name: string): boolean {
  if (SECRET_START.test(name)) return true;
  const isMixed = /[a-z]/u.test(name) && /[A-Z]/u.test(name) && /\d/u.test(name);
  return isMixed && name.split(/[_./-]/u).some((word) => word.length >= MIN_RANDOM_CHARS);
}

/** Says of each secret in a target that it stands there; its value is neither read nor kept. */
export function warnOfSecrets(target: MapReader, notes: Notes): void {
  for (const key of SECRET_KEYS) {
    const secret = target.value(key);
    if (secret === undefined) continue;
    notes.warn('secret_value', secret.label, {
      message: `\`${key}\` holds a secret, which is not kept`,
      help: 'name where the secret is instead: `secret_key_ref: {env: NAME}`',
    });
  }
}
