import { isRouterModel, parseModelName, profileRegions } from '../../../src/core/policy/model-name';

const PROVIDERS = ['acme', 'boreal'];
const isProvider = (name: string): boolean => PROVIDERS.includes(name);

describe('parseModelName', () => {
  it.each([
    ['m', { name: 'm' }],
    ['acme/m', { pin: 'acme', name: 'm' }],
    ['acme:m', { pin: 'acme', name: 'm' }],
    ['acme/author/m', { pin: 'acme', name: 'author/m' }],
    ['author/m', { name: 'author/m' }],
    ['author/acme/m', { name: 'author/acme/m' }],
    ['m:free', { name: 'm:free' }],
    ['acme/', { name: 'acme/' }],
    ['/m', { name: '/m' }],
    ['', { name: '' }],
    ['ACME/m', { name: 'ACME/m' }],
  ])('auto: %j pins only where the part before it is a provider', (text, expected) => {
    expect(parseModelName(text, 'auto', isProvider)).toEqual(expected);
  });

  it('auto: the slash is looked at before the colon', () => {
    expect(parseModelName('acme/boreal:m', 'auto', isProvider)).toEqual({
      pin: 'acme',
      name: 'boreal:m',
    });
    expect(parseModelName('boreal:acme/m', 'auto', isProvider)).toEqual({
      pin: 'boreal',
      name: 'acme/m',
    });
  });

  it.each([
    ['author/m', { pin: 'author', name: 'm' }],
    ['acme/m', { pin: 'acme', name: 'm' }],
    ['m', { name: 'm' }],
    ['m:free', { name: 'm:free' }],
    ['/m', { name: '/m' }],
    ['m/', { name: 'm/' }],
  ])('pin: %j pins whatever stands before the slash', (text, expected) => {
    expect(parseModelName(text, 'pin', isProvider)).toEqual(expected);
  });

  it.each(['acme/m', 'acme:m', 'm'])('author: %j never pins', (text) => {
    expect(parseModelName(text, 'author', isProvider)).toEqual({ name: text });
  });
});

describe('isRouterModel', () => {
  it.each([
    'auto',
    'latest',
    'AUTO',
    'm-latest',
    'm:latest',
    'openrouter/auto',
    'vendor/m-latest',
    'vendor:auto',
    'vendor/auto/',
    'vendor/auto://',
    'vendor/:auto',
    'auto.',
    'auto/.',
    'auto..:online',
    'smart',
    'openrouter/free',
    'model-router',
    'model-router:2025',
    'x/router',
  ])('%s leaves the choice to whoever serves it', (model) => {
    expect(isRouterModel(model)).toBe(true);
  });

  it.each([
    'm',
    'm:free',
    'smart-1',
    'free-m',
    'm.auto',
    'automatic',
    'auto/m',
    'latest-m',
    'mlatest',
    'm-auto',
    'free-x:au.to',
    '',
  ])('%j names a model', (model) => {
    expect(isRouterModel(model)).toBe(false);
  });
});

describe('profileRegions', () => {
  it.each([
    ['us.vendor.m-1', 'US'],
    ['US.Vendor.m-1', 'US'],
    ['us-gov.vendor.m-1', 'US'],
    ['eu.vendor.m-1', 'eu'],
    ['jp.vendor.m', 'JP'],
    ['au.vendor.m', 'AU'],
    ['ca.vendor.m', 'CA'],
    // These lie in nothing, and so satisfy no residency.
    ['apac.vendor.m', 'apac'],
    ['global.vendor.m', 'global'],
    ['x/eu.vendor.m', 'eu'],
    ['converse/us.vendor.m', 'US'],
    ['eu.vendor.m/x', 'eu'],
    ['us.vendor.m/', 'US'],
    ['bedrock:us.vendor.m:0', 'US'],
  ])('%s is in %s', (model, region) => {
    expect(profileRegions(model)).toEqual([region]);
  });

  it('an address of Amazon`s names its own region and that of its profile', () => {
    const arn = 'arn:aws:bedrock:us-east-1:1:inference-profile/eu.vendor.m-1';
    expect(profileRegions(arn)).toEqual(['us-east-1', 'eu']);
    expect(profileRegions('arn:aws:bedrock:us-east-1::foundation-model/m')).toEqual(['us-east-1']);
    expect(profileRegions('Converse/ARN:aws:bedrock:US-East-1::foundation-model/m')).toEqual([
      'us-east-1',
    ]);
  });

  it('a name that holds several names all of their regions', () => {
    expect(profileRegions('us.vendor.m/eu.vendor.m')).toEqual(['US', 'eu']);
    const arn = (region: string): string => `arn:aws:bedrock:${region}:1:x/m`;
    expect(profileRegions(`${arn('eu-west-1')}/${arn('us-east-1')}`)).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
  });

  it.each([
    'm',
    'vendor.m-1',
    'eu.m',
    'eu-m',
    'mars.vendor.m',
    'my_eu.vendor.m',
    '1eu.vendor.m',
    'x.eu.vendor.m',
    'barn:aws:bedrock:us-east-1:1:m',
    'arn:aws:bedrock:us-east-1',
  ])('%s names no region', (model) => {
    expect(profileRegions(model)).toHaveLength(0);
  });
});
