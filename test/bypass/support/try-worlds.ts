import { withTrick } from './ask';
import { serveWorld, type ServedWorld } from './surfaces';
import type { Ask, Surface, Trick, World } from './trick';

const rowsOf = (asks: readonly Ask[]): [Surface, Ask][] =>
  asks.flatMap((ask) => ask.on.map((surface): [Surface, Ask] => [surface, ask]));

/** The honest request of a trick, on the surfaces at which it is tried. */
function controlsOf({ closed, control = 'plain' }: Trick, { controls }: World): [Surface, Ask][] {
  const tried = new Set(closed.flatMap(({ on }) => on));
  return rowsOf(controls[control] ?? []).filter(([surface]) => tried.has(surface));
}

/** A code is compared whole; a message of a system may go on with what it considered. */
const toldAs = (code: string): unknown =>
  code.includes(' ') ? (expect.stringContaining(code) as unknown) : code;

/** Tries every trick of every world on every surface, and the honest request beside it. */
export function tryWorlds(worlds: readonly World[]): void {
  describe.each(worlds)('$name', (world) => {
    let served: ServedWorld;

    beforeAll(async () => {
      served = await serveWorld(world);
    });
    afterAll(() => served.stop());

    describe.each(world.tricks)('$id', (trick) => {
      let tricked: ServedWorld | undefined;

      beforeAll(async () => {
        if (trick.files !== undefined) tricked = await serveWorld(world, trick.files);
      });
      afterAll(() => tricked?.stop());

      test.each(rowsOf(trick.closed))('is closed: %s', async (surface, ask) => {
        const seen = await (tricked ?? served).ask(surface, withTrick(ask, trick));
        const { eligible, code } = ask;
        const codes =
          code === undefined ? seen.codes : (expect.arrayContaining([toldAs(code)]) as unknown);
        expect(seen).toEqual({ eligible: [...eligible], codes });
      });

      test.each(controlsOf(trick, world))(
        'lets through what is honest: %s',
        async (surface, ask) => {
          expect((await (tricked ?? served).ask(surface, ask)).eligible).toEqual(ask.eligible);
        },
      );
    });
  });
}
