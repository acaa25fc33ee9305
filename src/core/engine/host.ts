import { foldedId } from '../policy/identifier';

const AUTHORITY = /^[^:/?#]+:\/\/([^/?#\\]*)/;

/** The host of a URL without user, port and closing dot, as whoever opens it would read it. */
export function hostOf(url: string): string {
  const authority = AUTHORITY.exec(foldedId(url))?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return decode(host).replace(/\.+$/, '');
}

function decode(host: string): string {
  try {
    return foldedId(decodeURIComponent(host));
  } catch {
    return host;
  }
}
