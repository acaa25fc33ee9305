import { preferredType } from '../../../src/pep/http/accept';

const TYPES = ['text/plain', 'application/json'] as const;

describe('the preferred type', () => {
  it.each([
    [undefined, 'text/plain'],
    ['', 'text/plain'],
    ['*/*', 'text/plain'],
    ['image/png', 'text/plain'],
    ['application/json', 'application/json'],
    ['Application/JSON', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/plain, application/json', 'text/plain'],
    ['text/plain;q=0.3, application/json;version=1;q=0.5', 'application/json'],
    ['application/json;q=0.2,text/plain;q=0.7', 'text/plain'],
    ['application/json;q=0', 'text/plain'],
    ['application/json;q=2', 'text/plain'],
    ['application/json;q=x', 'text/plain'],
    [',;,;q=', 'text/plain'],
  ] as const)('of `%s` is %s', (accept, type) => {
    expect(preferredType(accept, TYPES)).toBe(type);
  });

  it('is OpenMetrics for a Prometheus that offers both', () => {
    const accept =
      'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,' +
      'text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
    const types = ['text/plain', 'application/openmetrics-text'] as const;
    expect(preferredType(accept, types)).toBe('application/openmetrics-text');
  });
});
