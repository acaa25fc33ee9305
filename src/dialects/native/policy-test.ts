import type { PolicyCase, PolicyTest } from '../../ports/policy-test';
import type { ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import type { TextRules } from '../yaml/scalars';
import { placeOf } from './contradictions';
import type { Envelope } from './envelope';
import { readInstant } from './instants';
import { readExpectations } from './policy-test-expectations';
import { readRequestParts, requestOf, type RequestParts } from './policy-test-request';

/** The name of a case is a sentence on one line. */
const CASE_NAME: TextRules = { pattern: /^[^\n\t]+$/u, form: 'a text on one line', maxChars: 256 };

/** What all cases of a document share. */
interface Shared {
  readonly nowMs?: number;
  readonly hasNow: boolean;
  readonly defaults: RequestParts;
}

/** Reads the spec of a PolicyTest document. The result is complete only if nothing was reported. */
export function readPolicyTest(envelope: Envelope): PolicyTest {
  const { spec, name, kind } = envelope;
  const nowMs = readInstant(spec.value('now'));
  const defaults = readRequestParts(spec.map('defaults'));
  const hasNow = spec.has('now');
  const shared = { hasNow, defaults, ...(nowMs === undefined ? {} : { nowMs }) };
  const stated = spec.required('cases', 'add `cases:` with a list of cases');
  const items = stated?.list({ emptyHelp: 'name at least one case' }) ?? [];
  const cases = items.flatMap((item) => readCase(item, shared) ?? []);
  rejectTwins(spec.report, cases);
  spec.close();
  return { name: name?.value ?? '', position: (name ?? kind).position, cases };
}

function readCase(item: ValueReader, shared: Shared): PolicyCase | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const name = map.required('name')?.text(CASE_NAME);
  const own = readInstant(map.value('now'));
  if (!map.has('now') && !shared.hasNow) {
    map.report.error('missing_key', name ?? map.label, 'the case has no instant to decide at', {
      help: 'add `now: 2026-01-31` to the case, or to `spec` for all cases',
    });
  }
  const request = readRequestParts(map.map('request'));
  const expected = readExpectations(map, name ?? map.label);
  map.close();
  const nowMs = own ?? shared.nowMs;
  if (name === undefined || nowMs === undefined || expected === undefined) return undefined;
  return { name, nowMs, ...requestOf(shared.defaults, request), expected };
}

/** Two cases of one name could not be told apart in a report. */
function rejectTwins(report: Envelope['spec']['report'], cases: readonly PolicyCase[]): void {
  const seen = new Map<string, Located<string>>();
  for (const { name } of cases) {
    const first = seen.get(name.value);
    if (first === undefined) seen.set(name.value, name);
    else {
      const message = `two cases are called ${quote(name.value)}, the first at ${placeOf(first)}`;
      report.error('duplicate_item', name, message, {
        help: 'give each its own name',
        related: { at: first, message: 'the first stands here' },
      });
    }
  }
}
