import { ControlFault } from './control-headers';
import type { RoutedRequest } from './router';

/** The request of an end client that a proxy asks about. */
export interface OriginalRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly path: string;
}

/** The request that is asked about is the one that asks, below the route's own path. */
export function originalBelow({ method, rest, query }: RoutedRequest): OriginalRequest {
  return { method, path: `/${rest}${query === '' ? '' : `?${query}`}` };
}

/** The headers by which proxies describe a request: a set is whole, or it describes nothing. */
const SETS = [
  { method: 'x-forwarded-method', path: 'x-forwarded-uri' },
  { method: 'x-original-method', path: 'x-original-uri' },
] as const;

/** Reads the request that headers describe. Where both sets stand, they must agree; throws a ControlFault. */
export function originalDescribed({ rawHeaders }: RoutedRequest): OriginalRequest {
  const [first, second] = SETS.flatMap((names) => readSet(rawHeaders, names));
  if (first === undefined) {
    throw new ControlFault(
      'nothing describes the request; send `x-forwarded-method` and `x-forwarded-uri`, or `x-original-method` and `x-original-uri`',
    );
  }
  const isAgreed =
    second === undefined || (second.method === first.method && second.path === first.path);
  if (isAgreed) return first;
  throw new ControlFault(
    'the headers `x-forwarded-…` and `x-original-…` describe different requests; let the proxy remove those that it does not set',
  );
}

function readSet(
  rawHeaders: readonly string[],
  names: (typeof SETS)[number],
): readonly OriginalRequest[] {
  const [method, path] = [onlyValue(rawHeaders, names.method), onlyValue(rawHeaders, names.path)];
  if (method === undefined && path === undefined) return [];
  if (method !== undefined && path !== undefined) return [{ method, path }];
  const [there, missing] =
    method === undefined ? [names.path, names.method] : [names.method, names.path];
  throw new ControlFault(`\`${there}\` stands without \`${missing}\`; send both`);
}

/** Every value that a header is given, by its name in small letters. */
export function headerValues(rawHeaders: readonly string[], wanted: string): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted,
  );
}

/** The value of a header that only a proxy sends, so that a second one is somebody else's. */
export function onlyValue(rawHeaders: readonly string[], wanted: string): string | undefined {
  const values = headerValues(rawHeaders, wanted);
  if (values.length > 1) throw new ControlFault(`\`${wanted}\` stands twice; send it once`);
  return values[0];
}
