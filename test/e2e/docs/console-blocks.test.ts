import { differenceOf, stepsOf } from './console-blocks';
import { blocksOf } from './markdown-blocks';

const DOCUMENT = `# Title

\`\`\`console
$ npm run -s ambit -- serve --policy x &
$ npm run -s ambit -- decide \\
>   --model x
allow: …
…

$ echo $?
0
\`\`\`

<!-- not run: it installs packages -->
\`\`\`sh
npm ci
\`\`\`
`;

describe('blocks of a document', () => {
  const blocks = blocksOf('x.md', DOCUMENT);

  it('are found with language, place and the reason not to run them', () => {
    expect(blocks.map(({ language, line, notRun }) => [language, line, notRun])).toEqual([
      ['console', 3, undefined],
      ['sh', 15, 'it installs packages'],
    ]);
  });

  it('are refused where they never end', () => {
    expect(() => blocksOf('x.md', '```sh\nls\n')).toThrow('x.md:1: the block is never closed');
  });

  it('hold commands and what they print', () => {
    const [block] = blocks;
    expect(block === undefined ? [] : stepsOf(block)).toEqual([
      {
        place: 'x.md:4',
        command: 'npm run -s ambit -- serve --policy x',
        isBackground: true,
        output: [],
      },
      {
        place: 'x.md:5',
        command: 'npm run -s ambit -- decide \\\n  --model x',
        isBackground: false,
        output: ['allow: …', '…'],
      },
      { place: 'x.md:10', command: 'echo $?', isBackground: false, output: ['0'] },
    ]);
  });

  it('begin with a command', () => {
    const [block] = blocksOf('x.md', '```console\nallow\n```\n');
    expect(() => (block === undefined ? [] : stepsOf(block))).toThrow('begins without');
  });
});

describe('the output of a command', () => {
  it.each([
    [['a', 'b'], 'a\nb\n'],
    [['a  '], 'a\n\n'],
    [[], ''],
    [['a…'], 'abc\n'],
    [['a…c'], 'abc\n'],
    [['a', '…', 'z'], 'a\nz\n'],
    [['a', '…', 'z'], 'a\nb\nz\ny\nz\n'],
    [['…'], ''],
    [['(a)* [b]'], '(a)* [b]\n'],
  ])('%j is %j', (shown, output) => {
    expect(differenceOf(shown, output)).toBeUndefined();
  });

  it.each([
    [['a'], 'a\nb\n'],
    [['a', 'b'], 'a\n'],
    [[], 'a\n'],
    [['a'], ''],
    [['a…'], 'ba\n'],
    [['a', '…', 'z'], 'a\nz\ny\n'],
    [['a.c'], 'abc\n'],
    [[' a'], 'a\n'],
  ])('%j is not %j', (shown, output) => {
    expect(differenceOf(shown, output)).toMatch(/^shown:\n[^]*printed:/);
  });
});
