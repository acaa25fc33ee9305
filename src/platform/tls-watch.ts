import type { TlsConfig } from '../ports/service-config';
import { isSameMaterial, readTlsMaterial } from './tls-material';
import type { TlsMaterial } from './tls-material';

/** Milliseconds between two looks at the files: certificates are replaced hours before they end. */
const LOOK_EVERY_MS = 1000;

/** Keeps a listener at what its files hold. */
export interface TlsWatch {
  readonly current: () => TlsMaterial;
  /** What is wrong with the files now, while those read before stay in force. Absent: nothing. */
  readonly problem: () => string | undefined;
  readonly close: () => void;
}

/** What a watch tells. */
export interface TlsListener {
  readonly onChange: (material: TlsMaterial) => void;
  /** Told once for each problem; the files read before stay in force. */
  readonly onProblem: (problem: string) => void;
  /** Told once a problem has gone and the files hold what was read before it. */
  readonly onMended: () => void;
}

/** What is watched. */
export interface TlsWatchParts {
  readonly config: TlsConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was read at the start. */
  readonly material: TlsMaterial;
}

interface WatchState {
  current: TlsMaterial;
  /** Seen in the last look; told only if the next one sees it again, because files are replaced one by one. */
  suspected: string | undefined;
  problem: string | undefined;
}

/** Looks at the files again and again; it does not keep the process alive by itself. */
export function watchTlsFiles(parts: TlsWatchParts, listener: TlsListener): TlsWatch {
  const state: WatchState = { current: parts.material, suspected: undefined, problem: undefined };
  let closed = false;
  const look = async (): Promise<void> => {
    const read = await readTlsMaterial(parts.config, parts.environment);
    if (closed) return;
    if ('problem' in read) suspect(state, read.problem, listener);
    else take(state, read.material, listener);
    schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => void look(), LOOK_EVERY_MS).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  schedule();
  return {
    current: () => state.current,
    problem: () => state.problem,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function suspect(state: WatchState, problem: string, { onProblem }: TlsListener): void {
  const isSure = state.suspected === problem;
  state.suspected = problem;
  if (!isSure || state.problem === problem) return;
  state.problem = problem;
  onProblem(problem);
}

function take(state: WatchState, material: TlsMaterial, listener: TlsListener): void {
  const wasToldOf = state.problem !== undefined;
  state.suspected = undefined;
  state.problem = undefined;
  if (isSameMaterial(state.current, material)) {
    if (wasToldOf) listener.onMended();
    return;
  }
  state.current = material;
  listener.onChange(material);
}
