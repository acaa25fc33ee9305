/** Makes ids of decisions: unique over all processes, and sorted by time within one. */
export interface IdSource {
  next(nowMs: number): string;
}

/** Names a content by its digest: lower-case hexadecimal SHA-256 of the UTF-8 text, with the prefix `sha256:`. */
export type DigestOf = (text: string) => string;
