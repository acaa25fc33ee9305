/** What can be wrong with an input, whatever it is: the rows of the matrix. */
export const CATEGORIES = {
  malformed: 'the syntax is broken',
  truncated: 'it ends too early',
  encoding: 'bytes that are not the text they should be',
  invisible:
    'controls, terminal escapes, characters that nobody sees or that turn the reading direction',
  lookalike: 'a name that looks like, or is written like, another one',
  prototype: 'names that every object has by itself',
  expansion: 'little that becomes much when it is read',
  foreign: 'a feature of the format that is not for this use',
  path: 'a path that leads out, or into a circle',
  'not a file': 'a directory, pipe, device or nothing where a file should be',
  huge: 'too long, or too much of something',
  deep: 'nested without end',
  contradictory: 'two statements that cannot both hold',
  duplicate: 'the same thing said twice',
  version: 'of another version',
  type: 'a value of another type',
  empty: 'nothing where something should be',
  'unknown key': 'a key, field or header that nobody knows',
  'unknown value': 'a value that is none of the known ones',
  number: 'numbers at the edge',
  trailing: 'more after the end',
  missing: 'something that must be there is not',
} as const;

/** A row of the matrix. */
export type Category = keyof typeof CATEGORIES;

/** Where input comes in: the columns of the matrix. */
export const SURFACES = {
  policy: 'a native Policy file',
  catalog: 'a native Catalog file',
  bundle: 'a native Bundle file',
  pack: 'a Keeptrusts pack',
  service: 'the configuration of the service (`ambit serve --config`)',
  request: 'a request as JSON (`ambit decide --request`)',
  message: 'a gRPC message, of every method',
  frame: 'bytes of a connection, HTTP/2 frames and headers',
} as const;

/** A column of the matrix. */
export type Surface = keyof typeof SURFACES;

/** What every case says of itself, whatever it is made of. */
export interface Case {
  readonly category: Category;
  /** Unique among those of its surface. */
  readonly name: string;
}

/** What stands in a file: text or bytes. */
export type Content = string | Uint8Array;

/** A file, or what stands in its place. */
export interface FileCase extends Case {
  /** A function makes what would be too long to keep. */
  readonly content: Content | (() => Content) | SpecialFile;
  /** Further files by path, of which none is named on the command line. */
  readonly also?: Readonly<Record<string, Content>>;
}

/** What can stand in a file's place. */
export interface SpecialFile {
  readonly special:
    'directory' | 'pipe' | 'socket' | 'device' | 'circle' | 'dangling' | 'missing' | 'failing';
}
