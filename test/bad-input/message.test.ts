import { CHECK_CASES } from './cases/check-cases';
import { DECIDE_CASES } from './cases/decide-cases';
import { METHOD_CASES } from './cases/method-cases';
import { expectationsOf, titleOf, writeExpected, WRITES } from './support/expected';
import { inTime, startLabService } from './support/lab-service';
import type { LabService } from './support/lab-service';
import { expectPrintable } from './support/printed';

const CASES = [...DECIDE_CASES, ...METHOD_CASES, ...CHECK_CASES];

/** Bytes that all bad messages together may make the service hold, beyond what it held before. */
const MAX_GROWTH_BYTES = 192 * 1024 * 1024;

/** Characters of what is said of one message, whatever its size. */
const MAX_DETAILS_CHARS = 2000;

const expected = expectationsOf('message');
const found = new Map<string, readonly string[]>();
let service: LabService;

beforeAll(async () => {
  service = await startLabService();
});

afterAll(() => {
  service.close();
  if (WRITES) writeExpected('message', found);
});

describe('a bad message', () => {
  test.each(CASES.map((each) => ({ title: titleOf(each), each })))('$title', async (row) => {
    const { method, bytes } = row.each;
    const whole = typeof bytes === 'function' ? bytes() : bytes;
    const told = await inTime(service.client.send(method, whole));
    found.set(row.title, told.split('\n'));
    if (!WRITES) expect(told.split('\n')).toEqual(expected.get(row.title));
    expectPrintable(told, MAX_DETAILS_CHARS);
    await service.expectServing();
  });

  test('makes the service hold little', async () => {
    expect(await service.grownBytes()).toBeLessThan(MAX_GROWTH_BYTES);
  });

  test('is one that is expected', () => {
    if (!WRITES) expect([...expected.keys()]).toEqual(CASES.map(titleOf));
  });
});
