import type { ValueReader } from '../yaml/reader';

/** A key that ngrok takes from its secrets: the file names it and does not hold it. */
const REFERENCE = '${';

/** The gateway's own keys. That they are there is all that is read of them: no value is kept or shown. */
export function readKeys(reader: ValueReader | undefined): void {
  for (const item of reader?.list({ mayBeEmpty: true }) ?? []) {
    const key = item.map();
    const value = key?.required('value', 'name the secret: `value: ${secrets.get(...)}`');
    key?.close();
    if (value !== undefined) warnOfSecret(value);
  }
}

/** Says that a secret stands in the file, unless it is only named there. */
export function warnOfSecret({ node, report, label, name }: ValueReader): void {
  const isReference =
    node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith(REFERENCE);
  if (isReference) return;
  report.notice('secret_value', label, `${name} holds a secret, which is not kept`, {
    help: "name it instead, as ngrok's secrets do, and replace the secret itself",
  });
}
