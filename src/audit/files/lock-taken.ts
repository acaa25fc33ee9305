import type { Holder, HolderState } from './lock-holder';

/** A directory that somebody else holds, or may hold. The message is fit to show to a user. */
export class LockTaken extends Error {
  /** A holder that is undefined is one of whom nobody can tell; what has ended is taken over, and none of these. */
  constructor(directory: string, holder: Holder | undefined, state: HolderState) {
    super(messageOf(directory, holder, state));
  }
}

/** A holder as users know it. */
export function nameOf(holder: Holder | undefined): string {
  return holder === undefined ? 'someone' : `process ${String(holder.pid)} on ${holder.host}`;
}

function messageOf(directory: string, holder: Holder | undefined, state: HolderState): string {
  const where = `the trail in \`${directory}\``;
  if (holder === undefined) {
    return state === 'lives'
      ? `other processes begin to write to ${where} at the same time`
      : `${nameOf(holder)} writes to ${where}: its file \`lock\` is not of Ambit; look at it, and remove it if nothing writes there`;
  }
  const who = nameOf(holder);
  if (state === 'lives') return `${who} writes to ${where}`;
  return (
    `${who} writes to ${where}, as far as can be seen from here; ` +
    `once it certainly does not run any more, \`ambit audit unlock ${directory} --holder ${typedHost(holder)}\` makes way`
  );
}

/** Who copies the command into a shell must not run what somebody wrote into a lock as the name of a host. */
function typedHost({ host }: Holder): string {
  return /^[\w.-]+$/.test(host) ? host : 'HOST';
}
