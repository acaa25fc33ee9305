import { CREDENTIAL_HEADERS } from '../../shared/credential-headers';
import { entry, field, text } from '../model/fields';
import { nodesIn } from '../model/walk';
import type { Rule } from '../rule';
import type { ConfigNode, Spot } from '../yaml/config-node';

/** Fields that hold a secret, and within them the fields that hold it in the file itself. */
const SECRET_FIELDS = ['secret', 'private_key', 'password', 'token_secret', 'hmac_secret', 'users'];
const INLINE_FIELDS = ['inline_string', 'inline_bytes'];

/** A configuration is copied, committed and shown by the admin interface. */
export const inlineKey: Rule = {
  code: 'inline_key',
  severity: 'error',
  meaning: 'a key stands in the configuration itself',
  remedy:
    'put it into a file of its own, mode 0400, and name that by `sds_config`; then replace the key',
  check: ({ roots }) =>
    roots
      .flatMap(nodesIn)
      .flatMap((node) => [...inlineSecrets(node), ...headerKeys(node), ...clientKeys(node)])
      .map((at) => ({
        at,
        message: 'whoever reads this file, its history or the admin interface has this key',
      })),
};

// The key is marked, and not the value: what is marked is shown.
function inlineSecrets(node: ConfigNode): readonly Spot[] {
  return SECRET_FIELDS.flatMap((name) => {
    const source = entry(node, name)?.value;
    return INLINE_FIELDS.flatMap((inline) => entry(source, inline)?.key ?? []);
  });
}

/** A header that holds a credential, with a value that does not come from elsewhere. */
function headerKeys(node: ConfigNode): readonly Spot[] {
  const header = text(node, 'key')?.toLowerCase() ?? '';
  const value = entry(node, 'value');
  if (!CREDENTIAL_HEADERS.includes(header) || value?.value.kind !== 'scalar') return [];
  return value.value.text === '' || value.value.text.includes('%') ? [] : [value.key];
}

/** Keys of clients: in a list of them, or where a route or policy compares one. */
function clientKeys(node: ConfigNode): readonly Spot[] {
  const listed = text(node, 'client') === undefined ? undefined : entry(node, 'key');
  const isCredential = CREDENTIAL_HEADERS.includes(text(node, 'name')?.toLowerCase() ?? '');
  const matcher = field(node, 'string_match');
  const compared = isCredential
    ? [entry(node, 'exact_match'), entry(matcher, 'exact'), entry(matcher, 'contains')]
    : [];
  return [listed, ...compared].flatMap((each) => (each === undefined ? [] : [each.key]));
}
