import { BLOCK_STATUSES, type BlockStatus } from '../../core/model/policy';
import type { Expanded, FileReader } from '../../ports/file-reader';
import type { SourceFile } from '../../ports/policy-dialect';
import type { PolicyRoot } from '../../ports/service-config';
import { isText, listOf, mapOf, objectOf, wordOf, type Shape } from '../evidence/json-shape';
import { joinPath, normalPath } from './path-text';

/** What the file of a stored bundle begins with; readers refuse another one. */
export const STORED_BUNDLE_FORMAT = 'ambit-bundle-1';

/** All that a bundle was loaded from, so that it can be loaded again when its files have changed. */
export interface StoredBundle {
  readonly format: typeof STORED_BUNDLE_FORMAT;
  /** The bundle's name: `sha256:` and hexadecimal. */
  readonly digest: string;
  readonly roots: readonly PolicyRoot[];
  /** Every file that was read, by the name under which findings and reasons show it. No name stands twice. */
  readonly files: readonly SourceFile[];
  /** By the path of a root. */
  readonly expansions: Readonly<Record<string, Expanded>>;
  /** The configured status of a Keeptrusts pack's block; absent: none was configured. */
  readonly keeptrustsStatus?: BlockStatus;
}

const DIGEST = /^sha256:([0-9a-f]{64})$/;

const isDigest: Shape = (value) => typeof value === 'string' && DIGEST.test(value);

/** Most UTF-16 units of one file: what has more bytes than that no dialect reads, so that no bundle has been made of it. */
const MAX_TEXT_UNITS = 8 * 1024 * 1024;

const isFileText: Shape = (value) => typeof value === 'string' && value.length <= MAX_TEXT_UNITS;

const isStoredBundle = objectOf(
  {
    format: wordOf([STORED_BUNDLE_FORMAT]),
    digest: isDigest,
    roots: listOf(objectOf({ path: isText }, { dialect: isText })),
    files: listOf(objectOf({ name: isText, text: isFileText })),
    expansions: mapOf(objectOf({ kind: wordOf(['file', 'directory']), paths: listOf(isText) })),
  },
  { keeptrustsStatus: wordOf(BLOCK_STATUSES) },
);

/** The name of a stored bundle's file; undefined for what is no digest, which must never become a path. */
export function storedBundleFile(digest: string): string | undefined {
  const [, hexadecimal] = DIGEST.exec(digest) ?? [];
  return hexadecimal === undefined ? undefined : `${hexadecimal}.json`;
}

/** Reads the text of a stored bundle; undefined for what is none. That it is the bundle it names, loading shows. */
export function parseStoredBundle(text: string): StoredBundle | undefined {
  const value = jsonOf(text);
  if (!isStoredBundle(value)) return undefined;
  const stored = value as StoredBundle;
  const names = new Set(stored.files.map(({ name }) => name));
  return names.size === stored.files.length ? stored : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The path that stands for the standard input, and what its text is called. */
const STDIN = { path: '-', name: 'stdin' } as const;

/** Reads the texts of a stored bundle as they were read when it was loaded, and no other file. */
export function readerOf(stored: StoredBundle): FileReader {
  const files = new Map(stored.files.map((file) => [file.name, file]));
  const expansions = new Map(Object.entries(stored.expansions));
  return {
    expand: (path) => Promise.resolve(expansions.get(path) ?? MISSING),
    read: (path) => {
      const file = files.get(path === STDIN.path ? STDIN.name : path);
      return Promise.resolve(file === undefined ? MISSING : { file });
    },
    // A path that leads elsewhere was refused when the bundle was loaded, and has no text here.
    resolve: (fromFile, included) => ({ path: joinPath(fromFile, included) }),
    identityOf: (path) => Promise.resolve(normalPath(path)),
  };
}

const MISSING = { failure: 'the stored bundle does not hold it' } as const;
