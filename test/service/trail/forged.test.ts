import { trailCrypto } from '../../../src/platform/trail-keys';
import { linesFile, sealFile, tombstoneFile } from '../../../src/service/trail/file-names';
import { writeLine, type LineKind, type Link } from '../../../src/service/trail/line';
import { readSeal, writeSeal, type Seal } from '../../../src/service/trail/seal';
import { writeTombstone } from '../../../src/service/trail/tombstone';
import { pick, seededSource, type Source } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import type { MemoryDisk } from './support/memory-disk';
import { diskWith, newSigner, START_MS, textOn, verify, withFile } from './support/trails';

/** Sealed segments of three lines each. */
const SEGMENTS = 4;
const LINES = 3;

const STRANGER = newSigner();

/** Somebody who knows how trails are made, has the public key, and not the private one. */
interface Attack {
  readonly name: string;
  readonly act: (disk: MemoryDisk, segment: number, source: Source) => MemoryDisk;
}

interface Parsed {
  readonly seq: number;
  readonly prev: string;
  readonly kind: LineKind;
  readonly [content: string]: unknown;
}

function linesOf(disk: MemoryDisk, segment: number): readonly Parsed[] {
  const texts = textOn(disk, linesFile(segment)).trimEnd().split('\n');
  return texts.map((text) => JSON.parse(text) as Parsed);
}

function sealOf(disk: MemoryDisk, segment: number): Seal {
  const bytes = disk.snapshot()[sealFile(segment)] ?? new Uint8Array();
  const read = readSeal(bytes, trailCrypto);
  if ('problem' in read) throw new Error(read.problem);
  return read.seal;
}

/** The segment with other contents, every line numbered, linked and hashed as it has to be. */
function rehashed(disk: MemoryDisk, segment: number, contents: readonly Parsed[]): MemoryDisk {
  const [first] = linesOf(disk, segment);
  let link: Link = { sequence: first?.seq ?? 0, previous: first?.prev ?? '' };
  const texts = contents.map((each) => {
    const { kind } = each;
    const { pieces, hash } = writeLine(link, kind, JSON.stringify(each[kind]), trailCrypto);
    link = { sequence: link.sequence + 1, previous: hash };
    return Buffer.concat(pieces).toString();
  });
  return withFile(disk, linesFile(segment), texts.join(''));
}

const edited =
  (edit: (lines: readonly Parsed[], at: number) => readonly Parsed[]): Attack['act'] =>
  (disk, segment, source) => {
    const lines = linesOf(disk, segment);
    return rehashed(disk, segment, edit(lines, source.below(lines.length)));
  };

const ALLOW = { decision_id: 'd-x', outcome: 'allow' };

const ATTACKS: readonly Attack[] = [
  {
    name: 'another record',
    act: edited((lines, at) =>
      lines.map((each, index) =>
        index === at ? { ...each, kind: 'record', record: ALLOW } : each,
      ),
    ),
  },
  { name: 'a line less', act: edited((lines, at) => lines.filter((_, index) => index !== at)) },
  {
    name: 'a line more',
    act: edited((lines, at) => [
      ...lines.slice(0, at),
      { seq: 0, prev: '', kind: 'record', record: ALLOW },
      ...lines.slice(at),
    ]),
  },
  {
    name: 'two lines in the other order',
    act: edited((lines) => lines.toReversed()),
  },
  {
    name: 'a gap in the place of a record',
    act: edited((lines, at) =>
      lines.map((each, index) =>
        index === at ? { seq: 0, prev: '', kind: 'gap', gap: { counts: {} } } : each,
      ),
    ),
  },
  {
    name: 'a seal of a stranger over other lines',
    act: (disk, segment, source) => {
      const forged = edited((lines, at) => lines.filter((_, index) => index !== at))(
        disk,
        segment,
        source,
      );
      const { text } = writeSeal(
        { ...sealOf(disk, segment), root: '0'.repeat(64) },
        STRANGER,
        trailCrypto,
      );
      return withFile(forged, sealFile(segment), text);
    },
  },
  {
    name: 'the seal of another segment',
    act: (disk, segment, source) => {
      const others = [1, 2, 3, 4].filter((each) => each !== segment);
      return withFile(disk, sealFile(segment), textOn(disk, sealFile(pick(source, others))));
    },
  },
  {
    name: 'lines removed by a stranger',
    act: (disk, segment) => {
      const removal = { reason: 'time', atMs: START_MS };
      const stone = writeTombstone(sealOf(disk, segment), removal, STRANGER, trailCrypto);
      return withFile(withFile(disk, linesFile(segment), undefined), tombstoneFile(segment), stone);
    },
  },
  {
    name: 'lines removed by nobody',
    act: (disk, segment) => withFile(disk, linesFile(segment), undefined),
  },
  {
    name: 'a seal with another promise, under the old signature',
    act: (disk, segment) => {
      const text = textOn(disk, sealFile(segment));
      return withFile(
        disk,
        sealFile(segment),
        text.replace('"retention":null', '"retention":{"keepMs":1,"immutable":false}'),
      );
    },
  },
];

it('whatever is changed in a sealed segment by somebody without the key is found there, and nothing before it is doubted', async () => {
  const disk = await diskWith(SEGMENTS * LINES);
  const spread = new Spread();
  for (let round = 0; round < runs(400); round += 1) {
    const source = seededSource(SEED + round);
    const { name, act } = pick(source, ATTACKS);
    const segment = 1 + source.below(SEGMENTS);
    const report = await verify(act(disk, segment, source));
    const [first] = report.findings.kept;
    const what = `${name}, segment ${String(segment)}, case ${String(round)}`;
    expect([what, first?.file.slice(0, 12)]).toEqual([what, linesFile(segment).slice(0, 12)]);
    expect([what, report.proven?.sequence ?? 0]).toEqual([what, LINES * (segment - 1)]);
    expect([what, report.removed]).toEqual([what, 0]);
    spread.add(name);
    spread.add(`segment ${String(segment)}`);
    spread.add(first?.code ?? '');
  }
  spread.expectAtLeast(20, ...ATTACKS.map(({ name }) => name));
  spread.expectAtLeast(60, ...[1, 2, 3, 4].map((each) => `segment ${String(each)}`));
  spread.expectAtLeast(
    10,
    'seal_mismatch',
    'missing_lines',
    'unknown_key',
    'wrong_seal_link',
    'tombstone_mismatch',
    'missing_segment',
    'wrong_seal_signature',
  );
});
