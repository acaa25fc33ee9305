import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SecurityEvent } from '../../../src/ports/security-events';
import { EVENT_KIND_NAMES } from '../../../src/service/events/catalogue';
import { MADE } from './support/one-of-each';
import { violationsOf } from './support/ocsf';

/** Rewrites the events: UPDATE_GOLDEN=1 npx jest test/service/events/golden */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const FOLDER = join(__dirname, 'expected');

let made: ReadonlyMap<string, SecurityEvent>;

beforeAll(async () => {
  const events = await MADE();
  made = new Map(events.map((event) => [event.metadata.event_code, event]));
});

test('there is an event of every kind', () => {
  expect([...made.keys()].toSorted()).toEqual([...EVENT_KIND_NAMES].toSorted());
});

test.each(EVENT_KIND_NAMES)('%s is as its file has it, and as OCSF wants it', (kind) => {
  const file = join(FOLDER, `${kind}.json`);
  const json = JSON.stringify(made.get(kind), null, 2);
  if (UPDATE) writeFileSync(file, `${json}\n`);
  expect(json).toBe(readFileSync(file, 'utf8').trimEnd());
  expect(violationsOf(JSON.parse(json))).toEqual([]);
});
