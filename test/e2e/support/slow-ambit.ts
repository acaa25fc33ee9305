import { connect } from 'node:net';

import { takingConnections, type BrokenAmbit } from './broken-ambit';

/** A proxy in front of a real Ambit that keeps answers back until it is told to let go. */
export interface SlowAmbit extends BrokenAmbit {
  /** Bytes of answers that are kept back. */
  heldBytes(): number;
  hold(): void;
  release(): void;
}

/** Passes on everything to the Ambit behind it. */
export async function serveSlow(socketFile: string, behind: string): Promise<SlowAmbit> {
  const kept: (() => void)[] = [];
  let isHolding = false;
  let heldBytes = 0;
  const relay = takingConnections((connection) => {
    const ambit = connect(behind);
    connection.pipe(ambit);
    connection.once('close', () => ambit.destroy());
    ambit.on('error', () => connection.destroy());
    ambit.on('data', (bytes: Buffer) => {
      const pass = (): void => void connection.write(bytes);
      if (!isHolding) {
        pass();
        return;
      }
      heldBytes += bytes.length;
      kept.push(pass);
    });
  });
  return {
    ...(await relay(socketFile)),
    heldBytes: () => heldBytes,
    hold: () => {
      isHolding = true;
    },
    release: () => {
      isHolding = false;
      for (const pass of kept.splice(0)) pass();
    },
  };
}
