import type { ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { builtInProvider, isHostOf } from './provider-names';

/** Scheme, host without user, and the rest. */
const HTTP_URL = /^https?:\/\/([^\s/?#@:]+|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]\S*)?$/iu;

/**
 * The address of a provider of one's own, where the gateway sends requests. A built-in provider has its own; at another
 * one it is refused: what is said of the provider would count for whoever is there.
 */
export function readBaseUrl(url: ValueReader, id: string): Located<string> | undefined {
  const text = url.text({
    pattern: HTTP_URL,
    form: 'an address such as `https://ollama.example`, without a user',
  });
  const builtIn = builtInProvider(id);
  if (text === undefined || builtIn === undefined) return text;
  const host = HTTP_URL.exec(text.value)?.[1]?.toLowerCase() ?? '';
  if (isHostOf(builtIn, host)) return undefined;
  url.fail(
    'contradiction',
    `${quote(id)} is a built-in provider, and ${url.name} is not its address`,
    { help: 'give what is there an id of its own: claims about one must not count for the other' },
  );
  return undefined;
}
