import type { DigestOf } from '../ports/id-source';

/** Characters of the digest that a token carries; enough that no two listings are mixed up by accident. */
const TAG_LENGTH = 32;

/** Where a page starts, or why the token names none. */
export type PageStart = { readonly offset: number } | { readonly problem: string };

/** Tokens of one listing: they name a place in it, and fit no other listing. */
export interface PageTokens {
  read(token: string): PageStart;
  write(offset: number): string;
}

/** `listing` is a text that differs for listings whose pages must not be mixed. */
export function createPageTokens(listing: string, digestOf: DigestOf): PageTokens {
  const tag = digestOf(listing).slice(-TAG_LENGTH);
  return {
    write: (offset) => `${String(offset)}.${tag}`,
    read: (token) => {
      if (token === '') return { offset: 0 };
      const [digits = '', tokenTag] = token.split('.');
      if (!/^[1-9]\d{0,9}$/.test(digits) || token !== `${digits}.${tokenTag ?? ''}`) {
        return { problem: 'is no token of this service; start again at the first page' };
      }
      if (tokenTag !== tag) {
        const why = 'belongs to another listing, or to a bundle or claims that have changed since';
        return { problem: `${why}; start again at the first page` };
      }
      return { offset: Number(digits) };
    },
  };
}
