/** The settings of a section of a systemd unit: each key with its values, in order. */
export type UnitSection = ReadonlyMap<string, readonly string[]>;

/** Reads a unit file. Lines are not continued in ours; one that is no section, comment or setting is an error. */
export function readUnit(text: string): ReadonlyMap<string, UnitSection> {
  const sections = new Map<string, Map<string, string[]>>();
  let current: Map<string, string[]> | undefined;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, section] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (section !== undefined) sections.set(section, (current = new Map<string, string[]>()));
    else if (current === undefined || key === undefined) throw new Error(`no setting: ${line}`);
    else current.set(key, [...(current.get(key) ?? []), value ?? '']);
  }
  return sections;
}
