import type { AuditProblem } from './audit-check';
import type { SinkSettings } from './sink-settings';
import type { TrailReader } from './trail-files';

/** The directory of a trail that is looked at, and not opened. */
export interface LookedAtTrail {
  /** What is not there yet holds nothing. */
  readonly reader: TrailReader;
  /** True: a process that lives writes there. */
  readonly isHeld: boolean;
  /** Rejects if a file of this name is there and cannot be written, with a reason that is fit to show to a user. */
  expectFile(name: string): Promise<void>;
  /** Rejects if what names the trail to its sinks is none; one that is empty needs none. */
  expectId(isEmpty: boolean): Promise<void>;
}

/** Looks at where evidence is kept and sent; nothing is written, locked or connected to. */
export interface AuditLook {
  /** Rejects if no trail can be kept there, with a reason that is fit to show to a user. */
  directory(directory: string): Promise<LookedAtTrail>;
  /** What is wrong with the secrets and files that sinks name. */
  sinks(settings: readonly SinkSettings[]): Promise<readonly AuditProblem[]>;
}
