import { NOW_MS } from '../generators/alphabet';
import { decisionCase } from '../generators/requests';
import { seededSource } from '../generators/source';
import type { Case } from './case';

/** Cases whose choices only the seed decides, so that they are the same in every run. */
export function generatedCases(count: number): readonly Case[] {
  return Array.from({ length: count }, (_, seed) => {
    const { set, request } = decisionCase(seededSource(seed));
    return { name: `seed ${String(seed)}`, set, asks: [{ request, nowMs: NOW_MS }] };
  });
}
