/**
 * The media type of a list that a client wants most: the one with the highest quality, the first that it names where
 * several have it. A client that names none of them gets the first of the list, which is more use than a refusal.
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  let best = types[0];
  let bestQuality = 0;
  for (const { name, quality } of (accept ?? '').split(',').map(parseRange)) {
    const type = types.find((each) => each === name);
    if (type !== undefined && quality > bestQuality) [best, bestQuality] = [type, quality];
  }
  return best;
}

interface MediaRange {
  readonly name: string;
  /** Between 0, which is "not this", and 1. */
  readonly quality: number;
}

function parseRange(text: string): MediaRange {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const written = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  const quality = written === undefined ? 1 : Number(written);
  return { name, quality: quality <= 1 ? quality : 0 };
}
