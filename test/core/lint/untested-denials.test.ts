import { untestedDenials } from '../../../src/core/lint/untested-denials';
import { CATALOG, file, markedIn, policy, viewOf } from './support-native';

const TEXT = file(
  policy('p', "{ providers: { deny: ['umbra'] }, models: { deny: [b] } }"),
  CATALOG,
);

describe('deny entries that no test sees', () => {
  it.each([
    [[], ["'umbra'", 'b']],
    [[{ target: 'umbra/c' }], ['b']],
    [[{ provider: 'umbra', model: 'a' }], ['b']],
    [[{ target: 'acme/b' }], ["'umbra'"]],
    [
      [{ target: 'acme/a' }, { provider: 'acme', model: 'c' }],
      ["'umbra'", 'b'],
    ],
    [[{ target: 'umbra/a' }, { target: 'acme/b' }], []],
  ])('beside tests of %j: %j', (tested, expected) => {
    const found = untestedDenials(viewOf(TEXT), tested);
    expect(found.map((finding) => markedIn(TEXT, finding))).toEqual(expected);
  });

  it('are not those of shadow policies, and not those for the future', () => {
    const text = file(
      policy('s', '{ mode: shadow, providers: { deny: [umbra] } }'),
      policy('f', '{ providers: { deny: [{ provider: later, future: true }] } }'),
      CATALOG,
    );
    expect(untestedDenials(viewOf(text), [])).toEqual([]);
  });

  it('are only worth knowing', () => {
    expect(untestedDenials(viewOf(TEXT), [])[0]).toMatchObject({
      severity: 'info',
      code: 'untested_denial',
      message: 'no test expects what deny entry `umbra` of policy `p` denies to be blocked by it',
      help: expect.stringContaining('`blocked`') as string,
    });
  });
});
