import * as fc from 'fast-check';

import { COMMANDS } from '../../../src/cli/commands';
import { runnable } from '../../../src/cli/find-command';
import { formatInstant, parseInstant } from '../../../src/pep/grpc/instants';
import { formatAddress, isLoopback, parseAddress } from '../../../src/platform/address';
import { digestOf } from '../../../src/platform/digest';
import { createPageTokens } from '../../../src/service/page-token';
import { cli } from '../../cli/support/cli';
import { EXAMPLE_FILES } from '../../cli/support/files';
import { runs, Spread } from '../../laws/support/runs';
import { expectPrintable } from '../support/printed';

const RUNS = 4000;

const digit = fc.nat(9).map(String);

const joined = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''));

/** A text with one place replaced, now and then. */
const spoilt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.nat(40),
      fc.constantFrom('', '', '', '0', ' ', '-', ':', '+', 'Z', '\0', '\u0660'),
    )
    .map(([whole, at, by]) => (by === '' ? whole : whole.slice(0, at) + by + whole.slice(at + 1)));

describe('an instant', () => {
  const two = fc.nat(99).map((number) => String(number).padStart(2, '0'));
  const date = joined(
    fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
    fc.constant('-'),
    fc.integer({ min: 0, max: 13 }).map((month) => String(month).padStart(2, '0')),
    fc.constant('-'),
    fc.integer({ min: 0, max: 32 }).map((day) => String(day).padStart(2, '0')),
  );
  const zone = fc.constantFrom('Z', 'z', '+00:00', '-07:00', '+14:00', '+99:99', '', ' UTC');
  const time = joined(date, fc.constant('T'), two, fc.constant(':'), two, fc.constant(':00'), zone);

  test('is one instant, however it is written again, or none', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(spoilt(fc.oneof(date, time)), (text) => {
        const instantMs = parseInstant(text);
        spread.add(instantMs === undefined ? 'refused' : 'read');
        if (instantMs === undefined) return;
        expect(Number.isInteger(instantMs)).toBe(true);
        expect(parseInstant(formatInstant(instantMs))).toBe(instantMs);
        // The day is that of the text, in whatever zone it is meant: at most a day apart.
        const dayMs = Date.parse(text.slice(0, 10));
        expect(Math.abs(instantMs - dayMs)).toBeLessThanOrEqual(48 * 3_600_000);
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.1, 'read', 'refused');
  });
});

describe('an address', () => {
  const host = fc.constantFrom(
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::]',
    'a.example',
    '[x]',
    '',
    '::1',
  );
  const port = fc.oneof(fc.nat(70_000).map(String), fc.constantFrom('', '-1', '0x10', '1e3'));
  const text = fc.oneof(
    joined(host, fc.constant(':'), port),
    joined(fc.constant('unix:'), fc.stringMatching(/^\/{0,3}[a-z/.]{0,9}$/u)),
    fc.array(digit).map((digits) => `h:${digits.join('')}`),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  test('is one address, however it is written again, or none', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(spoilt(text), (written) => {
        const address = parseAddress(written);
        spread.add(address?.kind ?? 'refused');
        if (address === undefined) return;
        expect(parseAddress(formatAddress(address))).toEqual(address);
        if (address.kind === 'unix') expect(address.path.startsWith('/')).toBe(true);
        else {
          expect(address.port).toBeLessThanOrEqual(65_535);
          if (isLoopback(address.host)) expect(address.host).toMatch(/^(127\.|::1$|localhost$)/iu);
        }
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.05, 'tcp', 'unix', 'refused');
  });
});

describe('a page token', () => {
  const tokens = createPageTokens('listing', digestOf);
  const own = fc.integer({ min: 1, max: 9_999_999_999 }).map((offset) => tokens.write(offset));

  test('is the very text that was given out, or none', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(fc.oneof(spoilt(own), fc.string({ maxLength: 50 })), (token) => {
        const start = tokens.read(token);
        spread.add('offset' in start ? 'read' : 'refused');
        if ('offset' in start && token !== '') expect(tokens.write(start.offset)).toBe(token);
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.1, 'read', 'refused');
  });
});

describe('arguments', () => {
  const known = runnable(COMMANDS).flatMap(({ name, options }) => [
    ...name.split(' '),
    ...options.flatMap((option) => [
      `--${option.name}`,
      `--${option.name}=x`,
      `-${option.short ?? 'x'}`,
    ]),
  ]);
  const argument = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'example',
        'example/policy.yaml',
        '-p',
        '-m',
        'gpt-4o',
        '--',
        '-',
        '',
        '--help',
        'json',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
  );
  // They start what goes on, and have tests of their own.
  const goesOn = (argv: readonly string[]): boolean =>
    argv.some((each) => /^(?:serve|health|--server|--watch|--output)/u.test(each));

  test('of any kind end with a documented code, and print nothing that a terminal acts on', async () => {
    const spread = new Spread();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...runnable(COMMANDS).map(({ name }) => name)),
        fc.array(argument, { maxLength: 6 }),
        async (name, rest) => {
          const argv = [...name.split(' '), ...rest];
          fc.pre(!goesOn(argv));
          const { code, stdout, stderr } = await cli(argv, { files: EXAMPLE_FILES });
          spread.add(`exit ${String(code)}`);
          expect([0, 1, 2, 3, 4, 5]).toContain(code);
          // A defect would say so, with a stack.
          expect(stderr).not.toMatch(/^\s+at |defect|TypeError/mu);
          if (code === 2) expect(stderr + stdout).toMatch(/^error(?:\[\w+\])?: /u);
          if (!argv.some((each) => each.startsWith('--color'))) {
            expectPrintable(stderr, 100_000);
            if (!argv.includes('html')) expectPrintable(stdout, 1_000_000);
          }
        },
      ),
      { numRuns: runs(800) },
    );
    spread.expectAtLeast(20, 'exit 0', 'exit 2');
  });
});
