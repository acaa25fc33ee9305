import type { Decision } from '../../src/core/model/decision';
import type { Reason } from '../../src/core/model/reason';
import type { PolicySet, ProviderTable } from '../../src/core/model/policy-set';
import { checkSet } from '../../src/core/policy/check-set';
import { NOW_MS } from '../generators/alphabet';
import { nativeFiles } from '../generators/native-text';
import { printable } from '../generators/printable';
import { difference } from '../oracle/compare';
import { oracleDecide } from '../oracle/decide';
import { answer, CASES, countOutcome } from './support/decisions';
import { readNativeFiles } from './support/native-files';
import { OPEN_CASES } from './support/open-cases';
import { check, Spread } from './support/runs';

/** Whether a reason's words depend on how its set was written: entries, and the order of a policy's requirements. */
const isWorded = (key: string, value: unknown, of: Partial<Reason>): boolean =>
  ['position', 'claimPosition'].includes(key) ||
  (key === 'observed' && String(value).startsWith('entry ')) ||
  (of.requirement === 'minimum_assurance' && ['claim', 'observed', 'message'].includes(key));

/** The answer without places, and without words that a generated set and its files say differently. */
function withoutPlaces(decision: Decision): unknown {
  return JSON.parse(
    JSON.stringify(decision, function (this: Partial<Reason>, key, value: unknown) {
      return isWorded(key, value, this) ? undefined : value;
    }),
  );
}

/** Every file of whatever dialect is printed as `ambit import` does, and read again. */
describe.each([
  ['any cases', CASES],
  ['cases in which most is eligible', OPEN_CASES],
])('native files, in %s', (_, cases) => {
  test('say what the set says that they were printed from, to both evaluators', () => {
    const spread = new Spread();
    check(cases, 250, ({ set: generated, request }) => {
      const set = printable(generated);
      const read = readNativeFiles(nativeFiles(set));
      if ('errors' in read) {
        // A policy that allows and denies one entry is an error of its file, whatever it would decide.
        expect(read.errors.filter((error) => !error.includes(': contradiction: '))).toEqual([]);
        spread.add('contradiction');
        return;
      }
      const { providerTables = new Map<string, ProviderTable>() } = set;
      const readSet: PolicySet = { ...read.set, providerTables };
      const decision = answer({ set: readSet, request });
      expect(difference(decision, oracleDecide(readSet, request, NOW_MS))).toBeUndefined();
      expect(withoutPlaces(decision)).toEqual(withoutPlaces(answer({ set, request })));
      countOutcome(decision, spread);
      const isWhole = checkSet(readSet).every(({ severity }) => severity !== 'error');
      spread.add(isWhole ? 'served' : 'refused as a set');
      for (const { document } of set.documents) spread.add(`from ${document.dialect}`);
    });
    spread.expectAtLeast(8, 'allow', 'block', 'served');
    spread.expectAtLeast(4, 'warn');
    const dialects = ['native', 'keeptrusts', 'llmgateway', 'ngrok', 'openrouter', 'vercel'];
    spread.expectAtLeast(4, ...dialects.map((dialect) => `from ${dialect}`));
  });
});
