import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/.bin/depcruise');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/** One violation of each rule, as files of a small tree: path to content. */
const PLANTED: readonly (readonly [rule: string, files: Readonly<Record<string, string>>])[] = [
  ['ring-core', { 'src/core/a.ts': importing('../service/b'), 'src/service/b.ts': '' }],
  ['ring-ports', { 'src/ports/a.ts': importing('../service/b'), 'src/service/b.ts': '' }],
  [
    'ring-dialects',
    { 'src/dialects/x/a.ts': importing('../../service/b'), 'src/service/b.ts': '' },
  ],
  ['ring-platform', { 'src/platform/a.ts': importing('../service/b'), 'src/service/b.ts': '' }],
  ['ring-service', { 'src/service/a.ts': importing('../pep/b'), 'src/pep/b.ts': '' }],
  ['ring-sources', { 'src/sources/x/a.ts': importing('../../cli/b'), 'src/cli/b.ts': '' }],
  ['ring-audit', { 'src/audit/x/a.ts': importing('../../cli/b'), 'src/cli/b.ts': '' }],
  ['ring-pep', { 'src/pep/grpc/a.ts': importing('../../dialects/b'), 'src/dialects/b.ts': '' }],
  ['ring-cli', { 'src/cli/a.ts': importing('../pep/b'), 'src/pep/b.ts': '' }],
  ['ring-gen', { 'src/gen/a.ts': importing('../core/b'), 'src/core/b.ts': '' }],
  [
    'platform-reads-one-file-format',
    { 'src/platform/a.ts': importing('../dialects/b'), 'src/dialects/b.ts': '' },
  ],
  [
    'configuration-reads-no-policies',
    {
      'src/platform/config/a.ts': importing('../../dialects/native/policy'),
      'src/dialects/native/policy.ts': '',
    },
  ],
  ['inner-rings-use-no-node', { 'src/core/a.ts': importing('node:fs') }],
  ['inner-rings-use-no-libraries', { 'src/service/a.ts': importing('yaml') }],
  [
    'model-is-the-bottom',
    { 'src/core/model/a.ts': importing('../engine/b'), 'src/core/engine/b.ts': '' },
  ],
  [
    'rules-do-not-see-the-engine',
    { 'src/core/requirements/a.ts': importing('../engine/b'), 'src/core/engine/b.ts': '' },
  ],
  [
    'drivers-do-not-see-each-other',
    { 'src/dialects/x/a.ts': importing('../y/b'), 'src/dialects/y/b.ts': '' },
  ],
  ['dialects-do-no-io', { 'src/dialects/x/a.ts': importing('node:fs') }],
  ['grpc-stays-at-the-edge', { 'src/service/a.ts': importing('@grpc/grpc-js') }],
  ['nothing-imports-main', { 'src/cli/a.ts': importing('../main'), 'src/main.ts': '' }],
  ['no-circular', { 'src/core/a.ts': importing('./b'), 'src/core/b.ts': importing('./a') }],
  ['no-orphans', { 'src/core/a.ts': '' }],
  ['no-test-in-src', { 'src/core/a.ts': importing('../../test/b'), 'test/b.ts': '' }],
];

function importing(path: string): string {
  return `import * as other from '${path}';\nexport const used = other;\n`;
}

/** Gives the files of a case names of their own, so that all cases stand in one tree. */
function nameApart(files: Readonly<Record<string, string>>, index: number): Record<string, string> {
  const apart = (text: string): string =>
    text.replace(/\/([ab])(?=\.ts$|')/g, `/$1${String(index)}`);
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [apart(path), apart(content)]),
  );
}

function cruise(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(tmpdir(), 'ambit-rings-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), content === '' ? 'export const nothing = 0;\n' : content);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, 'tsconfig.json'), '{"compilerOptions":{"module":"node20"}}');
    return spawnSync(CRUISER, ['src', '--config', CONFIG, '--output-type', 'err'], {
      cwd: tree,
      encoding: 'utf8',
    }).stdout;
  } finally {
    rmSync(tree, { recursive: true });
  }
}

describe('the ring rules', () => {
  const found = cruise(
    Object.assign({}, ...PLANTED.map(([, files], index) => nameApart(files, index))) as Record<
      string,
      string
    >,
  );

  it.each(PLANTED.map(([rule, files], index) => ({ rule, files, index })))(
    'find planted violation $index of $rule',
    ({ rule, files, index }) => {
      const [from = ''] = Object.keys(nameApart(files, index));
      expect(found).toMatch(new RegExp(`error ${rule}: ${from.replaceAll('.', '[.]')}`));
    },
  );

  it('have a planted violation each', () => {
    const script = `JSON.stringify(require('${CONFIG}').forbidden.map((rule) => rule.name))`;
    const rules = JSON.parse(
      execFileSync(process.execPath, ['-p', script], { encoding: 'utf8' }),
    ) as string[];
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});
