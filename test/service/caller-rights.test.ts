import type { CallerConfig } from '../../src/ports/service-config';
import { ANYONE, createCaller } from '../../src/service/caller-rights';
import type { Admission } from '../../src/service/caller-rights';
import type { RequestContext } from '../../src/core/model/request';
import { EMPTY_CONTEXT } from '../../src/core/model/request';
import { ask } from './support/asks';

const CONFIG: CallerConfig = {
  name: 'envoy',
  certificateUris: [],
  tenants: ['acme'],
  scopes: new Map<string, readonly string[] | 'any'>([
    ['team', ['search', 'ads']],
    ['environment', 'any'],
  ]),
  modelIdStyle: 'auto',
  traits: { rewritesModel: true, ownsClaims: false },
};

function admit(context: Partial<RequestContext>, config: Partial<CallerConfig> = {}): Admission {
  const base = ask();
  const request = { ...base.request, context: { ...EMPTY_CONTEXT, ...context } };
  return createCaller({ ...CONFIG, ...config }).admit({ ...base, request });
}

const contextOf = (admission: Admission): RequestContext | undefined =>
  'ask' in admission ? admission.ask.request.context : undefined;

const fieldOf = (admission: Admission): string | undefined =>
  'overstep' in admission ? admission.overstep.field : undefined;

describe('a caller', () => {
  it('claims its own tenants and scopes', () => {
    const scope = new Map([
      ['team', 'ads'],
      ['environment', 'whatever'],
    ]);
    expect(contextOf(admit({ tenant: 'acme', scope }))).toMatchObject({ tenant: 'acme', scope });
  });

  it.each([
    [{ tenant: 'other' }, 'context.tenant'],
    [{ tenant: '' }, 'context.tenant'],
    [{ tenant: 'ACME' }, 'context.tenant'],
    [{ scope: new Map([['team', 'hr']]) }, 'context.scope["team"]'],
    [{ scope: new Map([['gateway', 'x']]) }, 'context.scope["gateway"]'],
    [{ scope: new Map([['tenant', 'acme']]) }, 'context.scope["tenant"]'],
  ])('claims nothing else: %p', (context, field) => {
    expect(fieldOf(admit(context))).toBe(field);
  });

  it('is told whether another value of the key would do', () => {
    const problemOf = (key: string): string | undefined => {
      const admission = admit({ scope: new Map([[key, 'x']]) });
      return 'overstep' in admission ? admission.overstep.problem : undefined;
    };
    expect(problemOf('team')).toBe('has a value that this caller may not claim');
    expect(problemOf('gateway')).toBe('is a scope key that this caller may not claim');
  });

  it('lends its only tenant to a request without one, and none of several', () => {
    expect(contextOf(admit({}))?.tenant).toBe('acme');
    expect(contextOf(admit({}, { tenants: ['acme', 'b'] }))?.tenant).toBeUndefined();
    expect(contextOf(admit({}, { tenants: 'any' }))?.tenant).toBeUndefined();
  });

  it('means `x/` as it is configured, and a request may not say otherwise', () => {
    expect(contextOf(admit({}, { modelIdStyle: 'pin' }))?.modelIdStyle).toBe('pin');
    expect(contextOf(admit({ modelIdStyle: 'author' }))?.modelIdStyle).toBe('author');
    expect(fieldOf(admit({ modelIdStyle: 'author' }, { modelIdStyle: 'pin' }))).toBe(
      'context.model_id_style',
    );
  });

  it('rewrites nothing that the edge knows to be sent on', () => {
    const base = ask();
    const caller = { ...base.request.caller, rewritesModel: false };
    const admission = createCaller(CONFIG).admit({ ...base, request: { ...base.request, caller } });
    expect('ask' in admission && admission.ask.request.caller.rewritesModel).toBe(false);
  });

  it('has its traits, whatever the message says', () => {
    const traits = { rewritesModel: false, ownsClaims: true };
    const admission = admit({}, { traits });
    expect('ask' in admission && admission.ask.request.caller).toEqual(traits);
  });

  it('is anyone where none is configured', () => {
    const asked = ask();
    expect(ANYONE.admit(asked)).toEqual({ ask: asked });
  });
});
