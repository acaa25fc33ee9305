import { join } from 'node:path';

import { readIfThere, replaceDurably } from '../../platform/durable-file';
import type { CursorStore } from '../../ports/sink-cursors';

const NAME = /^[a-z0-9-]{1,64}$/u;

/** People of the owner's group may look how far a sink is. */
const FILE_MODE = 0o640;

/** Where cursors are kept, and of which trail. */
export interface FileCursorParts {
  /** It must be there; only one process writes in it. */
  readonly directory: string;
  /** The trail's id. A cursor of another trail says nothing, so that a new trail is sent from its start. */
  readonly trail: string;
}

/** Cursors as small files, `NAME.cursor.json`: a text for people to read, and to set where a trail lacks records. */
export function createFileCursors({ directory, trail }: FileCursorParts): CursorStore {
  const pathOf = (name: string): string => {
    if (NAME.test(name)) return join(directory, `${name}.cursor.json`);
    throw new Error(
      `a sink cannot be named \`${name}\`; use lower-case letters, digits and hyphens`,
    );
  };
  return {
    load: async (name) => {
      const path = pathOf(name);
      const text = await readIfThere(path);
      if (text === undefined) return 0;
      const cursor = parse(text);
      if (cursor === undefined) {
        throw new Error(
          `the cursor \`${path}\` is none; write \`${textOf(trail, 0)}\` with the number of the last record that the sink has`,
        );
      }
      return cursor.trail === trail ? cursor.sequence : 0;
    },
    save: async (name, sequence) => {
      await replaceDurably(pathOf(name), `${textOf(trail, sequence)}\n`, FILE_MODE);
    },
  };
}

const textOf = (trail: string, sequence: number): string => JSON.stringify({ trail, sequence });

/** A file that is damaged must not be taken for a start from nothing, nor for the end. */
function parse(text: string): { readonly trail: string; readonly sequence: number } | undefined {
  try {
    const value = JSON.parse(text) as {
      readonly trail?: unknown;
      readonly sequence?: unknown;
    } | null;
    const { trail, sequence } = value ?? {};
    if (typeof trail !== 'string' || typeof sequence !== 'number') return undefined;
    return Number.isSafeInteger(sequence) && sequence >= 0 ? { trail, sequence } : undefined;
  } catch {
    return undefined;
  }
}
