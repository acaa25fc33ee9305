import {
  blockMessage,
  fillMessage,
  wordingInput,
  type MessageParts,
} from '../../../src/core/engine/block-message';

const PARTS: MessageParts = {
  code: 'no_compliant_provider',
  layer: 'requirements',
  requirement: '',
  model: 'm',
  modelName: 'm',
  policy: 'zdr',
  providers: ['acme', 'boreal'],
};

describe('the default message', () => {
  it.each<[MessageParts['code'], string]>([
    [
      'no_compliant_provider',
      'no provider for `m` meets the requirements of policy `zdr`; providers considered: acme, boreal',
    ],
    [
      'provider_not_allowed',
      'no provider for `m` is allowed by policy `zdr`; providers considered: acme, boreal',
    ],
    ['model_not_allowed', '`m` is not allowed by policy `zdr`; providers considered: acme, boreal'],
    [
      'request_filters_leave_none',
      'no provider for `m` passes the filters of the request itself; providers considered: acme, boreal',
    ],
    ['unknown_model', '`m` is not in the catalog'],
    ['unknown_target', 'no target for `m` is in the catalog'],
    [
      'nested_gateway',
      'every target for `m` routes on by itself, so where the request ends is unknown',
    ],
    ['model_mismatch', '`m` is blocked: model_mismatch'],
  ])('%s', (code, message) => {
    expect(blockMessage({ ...PARTS, code })).toBe(message);
  });

  it.each(['a\u001b[2J', 'a\u202E', 'a\u2028', 'a\n'])(
    'shows nothing that acts on a terminal: %j',
    (model) => {
      const shown = `a\uFFFD${model.slice(2)}`;
      const parts = { ...PARTS, code: 'unknown_model' as const, model };
      expect(blockMessage(parts)).toBe(`\`${shown}\` is not in the catalog`);
      expect(fillMessage('no {model}', parts)).toBe(`no ${shown}`);
    },
  );

  it('does without a model, a policy and providers', () => {
    expect(blockMessage({ ...PARTS, model: undefined, policy: '', providers: [] })).toBe(
      'no provider for this request meets the requirements of policy; providers considered: none',
    );
  });

  it('stays short, whatever the client wrote', () => {
    const long = 'x'.repeat(100_000);
    const providers = Array.from({ length: 1_000 }, () => long);
    expect(blockMessage({ ...PARTS, model: long, providers }).length).toBeLessThan(3_000);
    expect(blockMessage({ ...PARTS, model: 'x'.repeat(129) })).toContain(`${'x'.repeat(128)}…`);
    expect(blockMessage({ ...PARTS, model: 'x'.repeat(128) })).toContain(`\`${'x'.repeat(128)}\``);
  });

  it('says whom to ask, where that is known', () => {
    const { contact, ...parts } = { ...PARTS, contact: 'Ask security@acme.example' };
    expect(blockMessage({ ...parts, contact })).toBe(`${blockMessage(parts)}. ${contact}`);
    expect(blockMessage({ ...parts, contact: 'x'.repeat(500) }).length).toBeLessThan(500);
  });

  it('counts the providers that it does not list', () => {
    const providers = Array.from({ length: 20 }, (_, index) => `p${String(index)}`);
    expect(blockMessage({ ...PARTS, providers })).toMatch(/p14, p15 and 4 more$/);
    const input = wordingInput({ ...PARTS, providers }, { permitted: [], httpStatus: 403 });
    expect(input.providers).toEqual(providers.slice(0, 16));
  });
});

describe('a policy’s own message', () => {
  it('is filled in, at every place', () => {
    expect(fillMessage('{model}? {providers}! {model} {policy}', PARTS)).toBe(
      'm? acme, boreal! m {policy}',
    );
  });

  it('can name the model without its pin, and whom to ask', () => {
    const parts = { ...PARTS, model: 'acme/m', modelName: 'm', contact: 'Ask us.' };
    expect(fillMessage('{model}: {model_name}. {contact}', parts)).toBe('acme/m: m. Ask us.');
    expect(fillMessage('{contact}', PARTS)).toBe('');
  });

  it('takes nothing from a model for a pattern or for a place of its own', () => {
    expect(fillMessage('<{model}>', { ...PARTS, model: '$& $1 $$' })).toBe('<$& $1 $$>');
    expect(
      fillMessage('{model}', { ...PARTS, model: '{providers}', providers: ['secret'] }),
    ).not.toBe('secret');
  });

  it('without a model leaves its place empty', () => {
    expect(
      fillMessage('[{model}] [{providers}]', { ...PARTS, model: undefined, providers: [] }),
    ).toBe('[] [none]');
  });
});
