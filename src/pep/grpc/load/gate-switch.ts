import { createTokenBucket } from './token-bucket';

/** Says whether the connections of a server go through the gate before HTTP/2, which costs a little in each call. */
export interface GateSwitch {
  /** A call was refused or given up that the gate takes out, or would have. */
  readonly countWasted: () => void;
  /** True where new connections are to go through the gate. */
  readonly isOn: () => boolean;
}

/** What a switch is made of. */
export interface GateSwitchParts {
  readonly nowMs: () => number;
  /** Connections go through the gate from now on. */
  readonly onTurnedOn: () => void;
}

/** Wasted calls at once and over time that nobody has to be spared from: clients give calls up now and then. */
const WASTED_BURST = 200;
const WASTED_PER_SECOND = 100;

/** Milliseconds that the gate stays after the last time that there were more. */
const CALM_MS = 60_000;

/** Creates a switch that is off. */
export function createGateSwitch({ nowMs, onTurnedOn }: GateSwitchParts): GateSwitch {
  const tolerated = createTokenBucket(WASTED_BURST, WASTED_PER_SECOND);
  let onUntilMs = -Infinity;
  return {
    countWasted: () => {
      const atMs = nowMs();
      if (tolerated.take(atMs)) return;
      const wasOn = atMs < onUntilMs;
      onUntilMs = atMs + CALM_MS;
      if (!wasOn) onTurnedOn();
    },
    isOn: () => nowMs() < onUntilMs,
  };
}
