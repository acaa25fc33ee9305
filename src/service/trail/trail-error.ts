import { TrailError } from '../../ports/trail-error';
import type { TrailFinding } from './trail-codes';
import { TRAIL_CODES } from './trail-codes';

/** The files are not what this process has left, so that it must not go on: another one writes, or they were changed. */
export class TrailLost extends TrailError {}

/** A trail is not what was written, so that nothing may be added to it. */
export class TrailDamage extends TrailError {
  readonly finding: TrailFinding;

  /** Names the place. */
  constructor(finding: TrailFinding) {
    const { code, file, line } = finding;
    // Line 0 is the whole file.
    const place = line === 0 ? `\`${file}\`` : `\`${file}\`, line ${String(line)}`;
    super(`the trail is damaged at ${place}: ${TRAIL_CODES[code]} (${code})`);
    this.finding = finding;
  }
}
