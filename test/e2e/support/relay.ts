import { connect } from 'node:net';

import { takingConnections, type BrokenAmbit } from './broken-ambit';

/** Stands between Envoy and a real Ambit, and sees or delays what they say. */
export interface Relay extends BrokenAmbit {
  /** Everything that Envoy has said so far. */
  said(): Buffer;
  /** Bytes of Ambit's answers that are kept back. */
  heldBytes(): number;
  /** From now on, Ambit's answers are kept back until `release`. */
  hold(): void;
  release(): void;
}

/** Passes on everything to the Ambit that listens `behind` it. */
export async function serveRelay(socketFile: string, behind: string): Promise<Relay> {
  const said: Buffer[] = [];
  const kept: (() => void)[] = [];
  let isHolding = false;
  let heldBytes = 0;
  const relay = takingConnections((connection) => {
    const ambit = connect(behind);
    connection.on('data', (bytes: Buffer) => {
      said.push(bytes);
      ambit.write(bytes);
    });
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
    said: () => Buffer.concat(said),
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
