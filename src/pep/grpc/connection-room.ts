import type { Socket } from 'node:net';

import { createTokenBucket } from './load/token-bucket';
import type { TokenBucket } from './load/token-bucket';
import { farEndOf } from './peer';

/** What a room has to give. */
export interface RoomParts {
  /** Connections of clients that have got through their handshake. */
  readonly most: number;
  /** Told of each connection that is closed because of their number. */
  readonly onRefused: () => void;
}

/** Keeps the connections of a listener within their number, so that no client keeps another one out. */
export interface ConnectionRoom {
  /** A connection has come and is in its handshake. */
  readonly begin: (socket: Socket) => void;
  /** A client is through its handshake. False: there is no room, and its connection is closed. */
  readonly enter: (socket: Socket, peer: string) => boolean;
  /** Connections of all kinds at once, for who accepts them: above what the room lets be, whose closing takes a moment. */
  readonly mostAtOnce: number;
}

/** Connections in their handshake, as a part of those of clients: they take a moment, unless somebody holds them. */
const HANDSHAKES = 1 / 8;
const LEAST_HANDSHAKES = 16;

/** Handshakes that one address may begin at once and over time: each costs a signature, which is most of a core's millisecond. */
const HANDSHAKE_BURST = 1000;
const HANDSHAKES_PER_SECOND = 100;

/** Addresses that are counted. */
const MAX_ADDRESSES = 4096;

/**
 * Creates an empty room. Whoever is in its handshake for longest makes way for one more, since nobody knows who that
 * is; among clients, the latest of the one that has the most connections does.
 */
export function createConnectionRoom({ most, onRefused }: RoomParts): ConnectionRoom {
  const handshakes = new Map<string, Socket>();
  const mostHandshakes = Math.max(LEAST_HANDSHAKES, Math.ceil(most * HANDSHAKES));
  const mayBegin = createHandshakeRates();
  const peers = createPeers();
  const refuse = (socket: Socket): void => {
    socket.destroy();
    onRefused();
  };
  return {
    mostAtOnce: 2 * (most + mostHandshakes),
    begin: (socket) => {
      if (!mayBegin(socket.remoteAddress ?? '')) {
        // Once TLS has taken the socket over and before it reads of it: it could not take a closed one.
        queueMicrotask(() => {
          refuse(socket);
        });
        return;
      }
      const end = keyOf(socket);
      const [oldest] = handshakes;
      if (oldest !== undefined && handshakes.size >= mostHandshakes) {
        handshakes.delete(oldest[0]);
        refuse(oldest[1]);
      }
      handshakes.set(end, socket);
      socket.once('close', () => {
        if (handshakes.get(end) === socket) handshakes.delete(end);
      });
    },
    enter: (socket, peer) => {
      handshakes.delete(keyOf(socket));
      if (peers.count() >= most) {
        const latest = peers.latestOfLargest(peer);
        refuse(latest ?? socket);
        if (latest === undefined) return false;
      }
      peers.add(socket, peer);
      return true;
    },
  };
}

/** What the wrapped socket and the wrapping one have in common. Sockets of a path have no far end and share one. */
function keyOf(socket: Socket): string {
  return farEndOf(socket) ?? '';
}

/** Tells whether an address may begin one more handshake now. */
function createHandshakeRates(): (address: string) => boolean {
  const buckets = new Map<string, TokenBucket>();
  return (address) => {
    const bucket =
      buckets.get(address) ?? createTokenBucket(HANDSHAKE_BURST, HANDSHAKES_PER_SECOND);
    // The one that has been quiet for longest is forgotten first, so that many addresses do not refill a busy one.
    buckets.delete(address);
    const [quietest] = buckets.keys();
    if (quietest !== undefined && buckets.size >= MAX_ADDRESSES) buckets.delete(quietest);
    buckets.set(address, bucket);
    return bucket.take(performance.now());
  };
}

/** The open connections of each client. */
function createPeers() {
  const peers = new Map<string, Set<Socket>>();
  let count = 0;
  const forget = (socket: Socket, peer: string): void => {
    const sockets = peers.get(peer);
    if (sockets?.delete(socket) !== true) return;
    count -= 1;
    if (sockets.size === 0) peers.delete(peer);
  };
  return {
    count: () => count,
    add: (socket: Socket, peer: string): void => {
      const sockets = peers.get(peer) ?? new Set();
      peers.set(peer, sockets.add(socket));
      count += 1;
      socket.once('close', () => {
        forget(socket, peer);
      });
    },
    /** Takes out the latest connection of whoever has the most; undefined if nobody has more than the given one. */
    latestOfLargest: (newcomer: string): Socket | undefined => {
      let largest = newcomer;
      for (const [peer, { size }] of peers) {
        if (size > (peers.get(largest)?.size ?? 0)) largest = peer;
      }
      const latest = largest === newcomer ? undefined : [...(peers.get(largest) ?? [])].at(-1);
      if (latest !== undefined) forget(latest, largest);
      return latest;
    },
  };
}
