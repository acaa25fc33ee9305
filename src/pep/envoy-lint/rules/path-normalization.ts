import { entry, isTrue, text } from '../model/fields';
import type { Manager } from '../model/manager';
import { quote } from '../quote';
import type { Hit, Rule } from '../rule';

const SAFE_SLASHES = [
  'REJECT_REQUEST',
  '2',
  'UNESCAPE_AND_REDIRECT',
  '3',
  'UNESCAPE_AND_FORWARD',
  '4',
];

/** `/v1/x/../files` must not be one path for Ambit and another one for the provider. */
export const pathNormalization: Rule = {
  code: 'path_normalization',
  severity: 'warning',
  meaning: 'Ambit may judge another path than the provider understands',
  remedy:
    'write `normalize_path: true`, `merge_slashes: true` and `path_with_escaped_slashes_action: REJECT_REQUEST`',
  check: ({ asking }) => asking.flatMap(pathHits),
};

function pathHits({ node }: Manager): readonly Hit[] {
  const lacking = [
    ...['normalize_path', 'merge_slashes'].filter((name) => !isTrue(node, name)),
    ...(SAFE_SLASHES.includes(text(node, 'path_with_escaped_slashes_action') ?? '')
      ? []
      : ['path_with_escaped_slashes_action']),
  ];
  const [first] = lacking;
  if (first === undefined) return [];
  const names = lacking.map(quote).join(', ');
  const message = `without ${names}, dots, slashes and escapes in a path can mean one thing to Ambit and another to a provider`;
  return [{ at: entry(node, first)?.value ?? node, message }];
}
