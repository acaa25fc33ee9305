import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import type { JsonObject } from '../json-values';
import { hasKeys } from './canonical-object';
import type { Line, Link } from './line';

/** The content of the line with which a key names the one that follows it: the last line of its segment. */
export function rotationJson(
  link: Link,
  signer: TrailSigner,
  nextKey: string,
  { keyIdOf }: TrailCrypto,
): string {
  return JSON.stringify({
    from: keyIdOf(signer.publicKey),
    to: keyIdOf(nextKey),
    publicKey: nextKey,
    signature: signer.sign(signedText(link, signer.publicKey, nextKey)),
  });
}

/** The key that a rotation names; undefined if the line is not signed by the key in force. */
export function nextKeyIn(line: Line, inForce: string, crypto: TrailCrypto): string | undefined {
  const { from, to, publicKey, signature } = partsOf(line.content);
  if (publicKey === undefined || signature === undefined) return undefined;
  if (from !== crypto.keyIdOf(inForce) || to !== crypto.keyIdOf(publicKey)) return undefined;
  const text = signedText(line, inForce, publicKey);
  return crypto.isSignedBy(inForce, text, signature) ? publicKey : undefined;
}

function partsOf(content: JsonObject): Readonly<Record<string, string | undefined>> {
  if (!hasKeys(content, ['from', 'to', 'publicKey', 'signature'])) return {};
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

/** The place is part of it, so that a rotation is good for one place only. */
function signedText({ sequence, previous }: Link, from: string, to: string): string {
  return `ambit trail rotation 1 ${String(sequence)} ${previous} ${from} ${to}`;
}
