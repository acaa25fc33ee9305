import { followTrail } from '../service/trail/follow-trail';
import type { TrailEntry } from '../service/trail/read-trail';
import type { CliDependencies, FollowParts } from './dependencies';
import { openRecords, unreadable } from './trail-options';

/** How often a trail that is followed is looked at. */
const PAUSE_MS = 500;

/** Which trail is read, and with what. */
export interface ReadTrailCommand {
  readonly directory: string;
  /** True: until the process is asked to end. */
  readonly follows: boolean;
  readonly dependencies: Pick<CliDependencies, 'loadTrailTools' | 'loadFollow'>;
}

/** The lines of a trail. Throws `UsageError` where there is none, unless one is waited for. */
export async function* trailEntries({
  directory,
  follows,
  dependencies,
}: ReadTrailCommand): AsyncGenerator<TrailEntry, void, undefined> {
  const tools = await dependencies.loadTrailTools();
  const { reader } = await openRecords(directory, tools, follows);
  const pace = follows ? paceOf(await dependencies.loadFollow()) : ONCE;
  try {
    for await (const entry of followTrail({ reader, crypto: tools.crypto, next: pace.next })) {
      if (pace.isOver()) return;
      yield entry;
    }
  } catch (error) {
    throw unreadable(directory, error);
  }
}

interface Pace {
  readonly next: () => Promise<boolean>;
  /** True: nothing more is wanted, wherever the reading is. */
  readonly isOver: () => boolean;
}

const ONCE: Pace = { next: () => Promise.resolve(false), isOver: () => false };

function paceOf({ interrupted, pause }: FollowParts): Pace {
  let isOver = false;
  const over = interrupted.then(() => {
    isOver = true;
  });
  const next = async (): Promise<boolean> => {
    await Promise.race([over, pause(PAUSE_MS)]);
    return !isOver;
  };
  return { next, isOver: () => isOver };
}
