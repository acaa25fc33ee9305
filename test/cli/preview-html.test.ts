import { createHash } from 'node:crypto';

import { formatPosition } from '../../src/core/model/source-position';
import { previewPage } from '../../src/cli/reporters/preview-html';
import { digestOf } from '../../src/platform/digest';
import type { PreviewDocument } from '../../src/service/preview-document';
import { EXPIRING, previewOf } from '../service/support/previews';
import { EXAMPLE_FILES, POLICY } from './support/files';
import { skeletonOf, tagsOf, textsIn } from './support/page';

/** Rules of every mode over targets that expire: a document in which almost nothing is empty. */
const RICH = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: root }
spec: { tenants: [acme, globex] }
---
${POLICY}---
apiVersion: ambit/v1
kind: Policy
metadata: { name: planned }
spec: { mode: shadow, requirements: { iso27001: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: soft }
spec: { mode: warn, requirements: { gdpr: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: other }
spec: { scope: { tenant: globex }, providers: { deny: [long] } }
---
${EXPIRING}    - id: bad
      models: any
      claims: { training_opt_out: false }
      targets: [{ model: chat }, { model: short/code, region: eu-1, apis: [embeddings] }]
`;

const richPreview = (): Promise<PreviewDocument> =>
  previewOf(
    { 'all.yaml': RICH },
    { tenant: 'acme', api: 'chat_completions', scope: new Map([['colour', 'red']]) },
  );

/** Every kind of text that a browser might take for something else than text. */
const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '</title></style><style>*{display:none}',
  '<!--',
  '&lt;b&gt;&#60;b&#62;',
  'a\u202eb\u0000c\u2028d\ud800',
  '<a href="javascript:alert(1)">x</a>',
  '${alert(1)}`',
];

/** Texts of our own, and those whose form the document fixes. */
const FIXED = new Set([
  'apiVersion',
  'kind',
  'at',
  'validUntil',
  'outcome',
  'mode',
  'applies',
  'from',
  'to',
  'why',
]);

/** The document with something hostile in place of every other text. */
function poison(value: unknown, key = '', at = { next: 0 }): unknown {
  if (typeof value === 'string') {
    if (FIXED.has(key)) return value;
    at.next += 1;
    return `${HOSTILE[at.next % HOSTILE.length] ?? ''}${value}`;
  }
  if (Array.isArray(value)) return value.map((each) => poison(each, key, at));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, poison(each, name, at)]),
  );
}

const page = (document: PreviewDocument): string => previewPage(document, digestOf);

describe('the page of a preview', () => {
  it('forbids the browser everything but its own style and script, by their digests', async () => {
    const text = page(await richPreview());
    const [meta] = tagsOf(text).filter(({ attributes }) => attributes.has('http-equiv'));
    const hashOf = (part: string): string => createHash('sha256').update(part).digest('base64');
    const [style = ''] = textsIn(text, 'style');
    const [script = ''] = textsIn(text, 'script');
    expect(meta?.attributes.get('content')?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hashOf(style)}'`,
      `script-src 'sha256-${hashOf(script)}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]);
    // The policy counts from where it stands, so it comes before what it governs.
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
    expect(textsIn(text, 'style')).toHaveLength(1);
    expect(textsIn(text, 'script')).toHaveLength(1);
  });

  it('loads nothing from anywhere', async () => {
    const text = page(await richPreview());
    const attributes = tagsOf(text).flatMap((tag) => [...tag.attributes]);
    expect(
      attributes.filter(([name]) => /^(?:src|srcset|action|data|style|on.*)$/.test(name)),
    ).toEqual([]);
    const links = attributes.filter(([name]) => name === 'href').map(([, value]) => value);
    expect(links).toEqual(['#changes', '#policies', '#providers', '#models']);
    expect(text).not.toMatch(/url\(|@import|https?:/);
  });

  it('has the same markup, whatever the texts are', async () => {
    const document = await richPreview();
    const poisoned = poison(document) as PreviewDocument;
    const text = page(poisoned);
    expect(skeletonOf(text)).toEqual(skeletonOf(page(document)));
    for (const unsafe of ['\u0000', '\u202e', '\u2028']) expect(text).not.toContain(unsafe);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).toContain('&quot; onmouseover=&quot;alert(1)&quot; x=&quot;');
    expect(text).toContain('&amp;lt;b&amp;gt;&amp;#60;b&amp;#62;');
    expect(text).toContain('a\\u{202e}b\\u{0}c\\u{2028}d\\u{d800}');
  });

  it('shows every part of the document', async () => {
    const document = await richPreview();
    const text = page(document);
    const shown = textsIn(text, 'span class="name"');
    for (const { names, targets } of document.models) {
      for (const name of names) expect(shown.join(', ').split(', ')).toContain(name);
      for (const { ref, reasons } of targets) {
        expect(text).toContain(`>${ref}<br`);
        for (const { code, help } of reasons) {
          expect(text).toContain(`<code>${code}</code>`);
          expect(text).toContain(help);
        }
      }
    }
    for (const { id } of document.policies) expect(text).toContain(`<th scope="row">${id}<br`);
    for (const { id } of document.providers) expect(text).toContain(`<th scope="row">${id}</th>`);
    for (const { at } of document.changes.list) expect(text).toContain(`<time datetime="${at}">`);
    expect(text).toContain('any other model of bad');
    expect(text).toContain('gave way for chat, code');
    expect(text).toContain('would block');
    expect(text).toContain('it is for tenant globex, not acme');
    expect(text).toContain('scope key `colour` is named by no policy');
    for (const { position } of document.policies) {
      expect(text).toContain(formatPosition(position));
    }
  });

  it('says what is refused before all else', async () => {
    const text = page(await previewOf({ 'all.yaml': RICH }));
    expect(text).toContain('<code>tenant_required</code>, HTTP');
    expect(text).toContain('one of them must be said');
  });

  it('can be read by those who do not see it', async () => {
    const text = page(await richPreview());
    const tags = tagsOf(text);
    expect(tags[0]).toEqual({ name: 'html', attributes: new Map([['lang', 'en']]) });
    expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
    const headings = tags.map(({ name }) => name).filter((name) => /^h\d$/.test(name));
    expect(headings).toEqual(['h1', 'h2', 'h2', 'h2', 'h2']);
    const heads = tags.filter(({ name }) => name === 'th');
    expect(heads.length).toBeGreaterThan(20);
    expect(heads.filter(({ attributes }) => !attributes.has('scope'))).toEqual([]);
    const count = (wanted: string): number => tags.filter(({ name }) => name === wanted).length;
    expect(count('caption')).toBe(count('table'));
    expect(count('summary')).toBe(count('details'));
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const tag of tags.filter(({ name }) => name === 'section')) {
      expect(ids).toContain(tag.attributes.get('aria-labelledby'));
    }
  });

  it('is the same, byte for byte, for the same preview', async () => {
    expect(page(await richPreview())).toBe(page(await richPreview()));
  });

  it('stays below 5 MB: large ones show a target in a line, and count what is left out', async () => {
    const document = await previewOf({
      'all.yaml': Object.values(EXAMPLE_FILES).join('---\n'),
    });
    const many = (count: number): PreviewDocument => ({
      ...document,
      models: Array.from({ length: count }, (_, index) => document.models[index % 9]).filter(
        (model) => model !== undefined,
      ),
    });
    const small = page(many(9));
    expect(small).not.toContain('class="plain brief"');
    const large = page(many(1_200));
    expect(large).toContain('class="plain brief"');
    expect(large).not.toContain('more models left out');
    expect(tagsOf(large).filter(({ name }) => name === 'details')).toHaveLength(1_200);
    const huge = page(many(40_000));
    expect(Buffer.byteLength(huge)).toBeLessThan(5_000_000);
    expect(huge).toMatch(/\d+ more models left out/);
  });
});
