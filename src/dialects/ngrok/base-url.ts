import type { ValueReader } from '../yaml/reader';
import { quote } from '../yaml/source-text';
import { builtInProvider, isHostOf } from './provider-names';

/** Scheme, host without user, and the rest. */
const HTTP_URL = /^https?:\/\/([^\s/?#@:]+|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]\S*)?$/iu;

/**
 * An address is where the gateway sends requests; candidates say theirs. A built-in provider at another address is
 * refused: what is said of the provider would count for whoever is there.
 */
export function checkBaseUrl(url: ValueReader, id: string): void {
  const text = url.text({
    pattern: HTTP_URL,
    form: 'an address such as `https://ollama.example`, without a user',
  });
  const builtIn = builtInProvider(id);
  if (text === undefined || builtIn === undefined) return;
  const host = HTTP_URL.exec(text.value)?.[1]?.toLowerCase() ?? '';
  if (isHostOf(builtIn, host)) return;
  url.fail(
    'contradiction',
    `${quote(id)} is a built-in provider, and ${url.name} is not its address`,
    { help: 'give what is there an id of its own: claims about one must not count for the other' },
  );
}
