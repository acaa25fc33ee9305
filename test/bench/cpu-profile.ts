/** The parts of V8's `.cpuprofile` that are read. Times are microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** Time spent in one function: in itself, and with all that it calls. */
export interface FunctionTime {
  readonly name: string;
  /**
   * Where it stands: a path in the project, of a package, or `node:MODULE`. A native function stands where it
   * was called; what belongs to no call (garbage collection) stands nowhere.
   */
  readonly place: string;
  readonly selfMicros: number;
  readonly totalMicros: number;
}

/** The instants between which samples count. */
export interface ProfileWindow {
  readonly openedAtMicros: number;
  readonly closedAtMicros: number;
}

const IDLE = '(idle)';

interface KnownFunction {
  readonly name: string;
  readonly place: string;
  selfMicros: number;
  totalMicros: number;
}

interface KnownNode {
  readonly own: KnownFunction;
  /** The functions on the stack, each once. */
  readonly stack: ReadonlySet<KnownFunction>;
}

/** Adds up the samples of a window by function; idle time is left out. */
export function sumProfile(profile: CpuProfile, window: ProfileWindow): readonly FunctionTime[] {
  const functions = new Map<string, KnownFunction>();
  const nodes = readNodes(profile, functions);
  let atMicros = profile.startTime;
  profile.samples.forEach((id, index) => {
    const micros = profile.timeDeltas[index + 1] ?? 0;
    atMicros += profile.timeDeltas[index] ?? 0;
    const node = nodes.get(id);
    if (node === undefined || atMicros < window.openedAtMicros || atMicros > window.closedAtMicros)
      return;
    node.own.selfMicros += micros;
    for (const each of node.stack) each.totalMicros += micros;
  });
  return [...functions.values()].filter(({ name }) => name !== IDLE);
}

function readNodes(
  { nodes }: CpuProfile,
  functions: Map<string, KnownFunction>,
): ReadonlyMap<number, KnownNode> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const known = new Map<number, KnownNode>();
  // V8 writes a node before those that it calls.
  for (const { id, callFrame } of nodes) {
    const caller = known.get(parents.get(id) ?? -1);
    const own = functionOf(callFrame, caller?.own.place ?? '', functions);
    const above = caller?.stack ?? [];
    known.set(id, { own, stack: new Set([...above, own]) });
  }
  return known;
}

function functionOf(
  { functionName, url }: ProfileNode['callFrame'],
  callerPlace: string,
  functions: Map<string, KnownFunction>,
): KnownFunction {
  const name = functionName === '' ? '(anonymous)' : functionName;
  const place = url === '' ? callerPlace : placeOf(url);
  const key = `${name} ${place}`;
  const known = functions.get(key) ?? { name, place, selfMicros: 0, totalMicros: 0 };
  functions.set(key, known);
  return known;
}

function placeOf(url: string): string {
  const modules = url.lastIndexOf('/node_modules/');
  if (modules >= 0) return url.slice(modules + '/node_modules/'.length);
  const built = url.lastIndexOf('/dist/');
  return built < 0 ? url : `src/${url.slice(built + '/dist/'.length).replace(/\.js$/, '.ts')}`;
}
