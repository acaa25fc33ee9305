import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { Spread } from '../../laws/support/runs';
import { allows, anyConfig, MODELS, PROVIDERS, type Config } from './gateways';
import { catalogText, check, decideBoth, parseGateway } from './support';

const RUNS = 1000;

const CATALOG = catalogText(Object.fromEntries(PROVIDERS.map((id) => [id, [...MODELS]])));

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

function textOf(config: Config, form: 'short' | 'long' = 'short'): string {
  const action = { type: 'ai-gateway', config };
  const rule = form === 'short' ? action : { name: 'rule', actions: [{ type: 'log' }, action] };
  return stringify({ on_http_request: [rule] });
}

/** What YAML gives a meaning to, and what it does not. */
const INSERTED = ': |- |\n|  |{|]|"|&a |*a|!!int |\t|#|true|0|---\n|\u0000'.split('|');

const anyEdit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(fc.constantFrom(...INSERTED), fc.string({ maxLength: 4 })),
});

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
      expectWhole(parseGateway(gateway));
      const { eligible } = decideBoth({ catalog: CATALOG, gateway }, { model });
      const expected = PROVIDERS.filter((provider) => allows(config, provider, model)).map(
        (provider) => `${provider}/${model}`,
      );
      expect(eligible.map(({ ref }) => ref)).toEqual(expected);
      const isAll = expected.length === PROVIDERS.length;
      spread.add(expected.length === 0 ? 'nothing' : isAll ? 'all' : 'some');
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('decides exactly what the configuration of a key says', () => {
    const spread = new Spread();
    check(fc.record({ access: anyAccess, model: fc.constantFrom(...MODELS) }), RUNS, (each) => {
      const { access, model } = each;
      const gateway = JSON.stringify({ name: 'key', access });
      const { eligible } = decideBoth({ catalog: CATALOG, gateway }, { model });
      const expected = PROVIDERS.filter(
        (provider) =>
          (access.providers?.allow?.includes(provider) ?? true) &&
          (access.models?.allow?.includes(`${provider}/${model}`) ?? true),
      ).map((provider) => `${provider}/${model}`);
      expect(eligible.map(({ ref }) => ref)).toEqual(expected);
      const isAll = expected.length === PROVIDERS.length;
      spread.add(expected.length === 0 ? 'nothing' : isAll ? 'all' : 'some');
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    const anyDamage = fc.record({
      config: anyConfig,
      at: fc.nat(),
      what: fc.constantFrom<'key' | 'value'>('key', 'value'),
    });
    check(anyDamage, RUNS, ({ config, at, what }) => {
      const keys = Object.keys(config);
      const key = keys[at % keys.length] ?? '';
      const { [key]: value, ...others } = config;
      const wrong = what === 'key' ? { [`${key}_x`]: value } : { [key]: [[value]] };
      const result = parseGateway(textOf({ ...others, ...wrong }));
      expectWhole(result);
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['providers', 'model_selection', 'only_allow_configured_models'];
    spread.expectAtLeast(RUNS * 0.02, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const anyEdits = fc.record({
      config: anyConfig,
      edits: fc.array(anyEdit, { minLength: 1, maxLength: 2 }),
    });
    const spread = new Spread();
    check(anyEdits, RUNS, ({ config, edits }) => {
      const result = parseGateway(edits.reduce(applyEdit, textOf(config)));
      expectWhole(result);
      spread.add(result.document === undefined ? 'refused' : 'read');
    });
    spread.expectAtLeast(RUNS * 0.02, 'refused', 'read');
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((each) => Buffer.from(each).toString('utf8'));
    const near = bytes.map((text) => `on_http_request: ${text}`);
    check(fc.oneof(bytes, near, fc.string({ unit: 'binary' })), RUNS, (text) => {
      const result = parseGateway(text);
      expectWhole(result);
      expect(result.document).toBeUndefined();
    });
  });
});

function applyEdit(
  text: string,
  { at, remove, insert }: { readonly at: number; readonly remove: number; readonly insert: string },
): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
