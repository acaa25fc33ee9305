import fc from 'fast-check';
import { stringify } from 'yaml';
import { Spread } from '../../laws/support/runs';
import { allows, anyConfig, MODELS, PROVIDERS, type Config } from './gateways';
import { leftBy } from '../support/beside-catalog';
import { check, shareLeft } from '../support/check';
import { anyDamageOf, damage } from '../support/damage';
import { checkBytes, checkEdited, readingWhole } from '../support/whole';
import { catalogText, decideBoth, parseGateway } from './support';

const RUNS = 1000;

const read = readingWhole(parseGateway);

const CATALOG = catalogText(Object.fromEntries(PROVIDERS.map((id) => [id, [...MODELS]])));

function textOf(config: Config, form: 'short' | 'long' = 'short'): string {
  const action = { type: 'ai-gateway', config };
  const rule = form === 'short' ? action : { name: 'rule', actions: [{ type: 'log' }, action] };
  return stringify({ on_http_request: [rule] });
}

const anyAccess = fc.record(
  {
    providers: fc.record({ allow: fc.subarray([...PROVIDERS]) }, { requiredKeys: [] }),
    models: fc.record(
      { allow: fc.subarray(PROVIDERS.flatMap((id) => MODELS.map((model) => `${id}/${model}`))) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

describe('reading any gateway', () => {
  it('decides exactly what it says', () => {
    const spread = new Spread();
    const any = fc.record({
      config: anyConfig,
      model: fc.constantFrom(...MODELS),
      form: fc.constantFrom<'short' | 'long'>('short', 'long'),
    });
    check(any, RUNS, ({ config, model, form }) => {
      const gateway = textOf(config, form);
      read(gateway);
      const left = leftBy(decideBoth({ catalog: CATALOG, gateway }, { model }));
      const expected = PROVIDERS.filter((provider) => allows(config, provider, model)).map(
        (provider) => `${provider}/${model}`,
      );
      expect(left).toEqual(expected);
      spread.add(shareLeft(expected, PROVIDERS));
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('decides exactly what the configuration of a key says', () => {
    const spread = new Spread();
    check(fc.record({ access: anyAccess, model: fc.constantFrom(...MODELS) }), RUNS, (each) => {
      const { access, model } = each;
      const gateway = JSON.stringify({ name: 'key', access });
      const left = leftBy(decideBoth({ catalog: CATALOG, gateway }, { model }));
      const expected = PROVIDERS.filter(
        (provider) =>
          (access.providers?.allow?.includes(provider) ?? true) &&
          (access.models?.allow?.includes(`${provider}/${model}`) ?? true),
      ).map((provider) => `${provider}/${model}`);
      expect(left).toEqual(expected);
      spread.add(shareLeft(expected, PROVIDERS));
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    check(anyDamageOf(anyConfig), RUNS, ({ of: config, at, what }) => {
      const keys = Object.keys(config);
      const key = keys[at % keys.length] ?? '';
      const result = read(textOf(damage(config, key, what)));
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['providers', 'model_selection', 'only_allow_configured_models'];
    spread.expectAtLeast(RUNS * 0.02, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    checkEdited({
      read,
      text: anyConfig.map((config) => textOf(config)),
      maxEdits: 2,
      runs: RUNS,
      least: RUNS * 0.02,
    });
  });

  it('never throws, whatever the bytes', () => {
    checkBytes(read, 'on_http_request: ', RUNS);
  });
});
