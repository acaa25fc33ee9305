/** UTF-16 units of a name that a message repeats. */
const MAX_QUOTED_CHARS = 60;

/** A name of the configuration as a message shows it: in backticks, cut, without what a terminal acts on. */
export function quote(name: string): string {
  const shown = name.replaceAll(/\p{C}/gu, '\uFFFD').replaceAll('`', "'");
  return `\`${shown.length > MAX_QUOTED_CHARS ? `${shown.slice(0, MAX_QUOTED_CHARS)}…` : shown}\``;
}
