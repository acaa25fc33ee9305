import type { ValueReader } from '../../dialects/yaml/reader';
import type { TextRules } from '../../dialects/yaml/scalars';
import { quote } from '../../dialects/yaml/source-text';
import type { SecretReference } from '../../ports/service-config';

/** The name of a variable of the environment. */
export const VARIABLE: TextRules = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/u,
  form: 'the name of a variable: letters, digits and `_`',
  maxChars: 128,
};

/** Reads where a secret is: `{file: PATH}` or `{env: NAME}`. The secret itself is refused, and never shown. */
export function readSecretReference(
  value: ValueReader,
  resolve: (path: string) => string,
): SecretReference | undefined {
  if (value.kind !== 'map') {
    value.report.error('secret_value', value.label, `${value.name} stands in the configuration`, {
      help: 'keep it elsewhere, and write `{file: PATH}` or `{env: NAME}` for a variable that holds it',
    });
    return undefined;
  }
  const map = value.map();
  const file = map?.text('file');
  const env = map?.text('env', VARIABLE);
  const isStated = map?.has('file') === true || map?.has('env') === true;
  map?.close();
  if (file !== undefined && env !== undefined) {
    value.report.error('contradiction', env, `${value.name} is named twice`, {
      help: 'keep `file` or `env`',
      related: { at: file, message: 'the first stands here' },
    });
    return undefined;
  }
  if (file !== undefined) return { file: resolve(file.value) };
  if (env !== undefined) return { env: env.value };
  if (!isStated) {
    map?.fail('missing_key', `the key ${quote('file')} is missing in ${quote(value.path)}`, {
      help: 'write `{file: PATH}` or `{env: NAME}`',
    });
  }
  return undefined;
}
