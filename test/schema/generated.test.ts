import type { Schema } from '../../schema/source/json-schema';
import { chance, pick, type Source } from '../generators/source';
import { pathsOf, withValue, withoutValue } from '../dialects/native/mutate';
import type { Json } from '../dialects/native/samples';
import { check, Spread } from '../laws/support/runs';
import { expectAgreement, judgeOf } from './support/judge';
import { isValid, WRITTEN } from './support/validators';
import { ValueMaker } from './support/values';

const KINDS = [...WRITTEN].filter(([name]) => name !== 'ambit.schema.json');

/** A valid document that only the schema decides. */
function documentUnder(source: Source, name: string, schema: Schema): Json {
  for (;;) {
    const value = new ValueMaker(source, schema).make();
    if (isValid(name, value)) return value;
  }
}

describe.each(KINDS)('documents made from %s alone', (name, schema) => {
  const judge = judgeOf(name);

  it('are accepted, or refused by a rule that no schema can say', () => {
    const spread = new Spread();
    check(
      (source) => documentUnder(source, name, schema),
      1600,
      (value) => {
        expectAgreement(JSON.stringify(value), judge, spread);
      },
    );
    expect(spread.of('refused')).toBe(0);
    spread.expectAtLeast(600, 'accepted');
  });

  it('with one value changed, doubled or gone are judged alike', () => {
    const spread = new Spread();
    const parts = Object.values(schema.$defs ?? {});
    const change = (source: Source): Json => {
      const value = documentUnder(source, name, schema);
      const at = pick(source, pathsOf(value));
      if (chance(source, 25)) return withoutValue(value, at);
      const part = { ...pick(source, parts), $defs: schema.$defs ?? {} };
      return withValue(value, at, new ValueMaker(source, part).make());
    };
    check(change, 1600, (value) => {
      expectAgreement(JSON.stringify(value), judge, spread);
    });
    spread.expectAtLeast(600, 'refused');
    spread.expectAtLeast(80, 'accepted');
  });
});
