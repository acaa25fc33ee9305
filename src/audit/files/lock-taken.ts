import type { Holder, HolderState } from './lock-holder';

/** A directory that somebody else holds, or may hold. The message is fit to show to a user. */
export class LockTaken extends Error {
  /** Undefined: nobody can tell who. */
  readonly holder: Holder | undefined;
  readonly state: HolderState;

  /** `ended` is said of nobody here: what has ended is taken over. */
  constructor(directory: string, holder: Holder | undefined, state: HolderState) {
    super(messageOf(directory, holder, state));
    this.holder = holder;
    this.state = state;
  }
}

function messageOf(directory: string, holder: Holder | undefined, state: HolderState): string {
  const where = `the trail in \`${directory}\``;
  if (holder === undefined) {
    return state === 'lives'
      ? `other processes begin to write to ${where} at the same time`
      : `someone writes to ${where}: its file \`lock\` is not of Ambit; look at it, and remove it if nothing writes there`;
  }
  const who = `process ${String(holder.pid)} on ${holder.host}`;
  if (state === 'lives') return `${who} writes to ${where}`;
  return (
    `${who} writes to ${where}, as far as can be seen from here; ` +
    `once it certainly does not run any more, \`ambit audit unlock ${directory} --holder ${holder.host}\` makes way`
  );
}
