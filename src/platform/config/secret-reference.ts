import type { ValueReader } from '../../dialects/yaml/reader';
import type { SecretReference } from '../../ports/secret-reference';
import type { ConfigDraft } from './draft';
import { VARIABLE } from './variable-name';

/** Reads where a secret is: `{file: PATH}` or `{env: NAME}`. Undefined: there is no value, or it is wrong. */
export function readSecretReference(
  value: ValueReader | undefined,
  resolve: ConfigDraft['resolve'],
): SecretReference | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== 'map') {
    rejectSecret(value);
    return undefined;
  }
  const map = value.map();
  const file = map?.text('file');
  const variable = map?.text('env', VARIABLE);
  map?.close();
  if (map?.has('file') === map?.has('env')) {
    value.report.error('contradiction', value.label, `${value.name} must name one place`, {
      help: 'write `{file: PATH}`, or `{env: NAME}` for a variable that holds it',
    });
    return undefined;
  }
  if (file !== undefined) return { file: resolve(file.value) };
  return variable === undefined ? undefined : { env: variable.value };
}

/** Whatever stands there may be the secret, so it is not repeated. */
function rejectSecret(value: ValueReader): void {
  value.report.error('secret_value', value.label, `${value.name} stands in the configuration`, {
    help: 'keep it in a file or a variable, name that with `{file: PATH}` or `{env: NAME}`, and replace the secret',
  });
}
