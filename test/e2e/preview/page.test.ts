import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { ambit } from '../cli/built-cli';
import { launchChromium } from './chromium';
import { FORBIDDEN, LOW_CONTRASTS, RAGGED_TABLES } from './probes';

/** Names that a browser would run, if one of them were taken for markup. */
const EVIL = '<img/src=x/onerror=globalThis.pwned=1>';
const EVIL_TEXT = '</script></title><script>globalThis.pwned=1</script> {model}';

const FILES = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true, max_retention_days: 7 }
  on_no_eligible: { message: '${EVIL_TEXT}' }
---
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
metadata: { name: team }
spec: { scope: { team: [ads, '<b>hr</b>'] }, requirements: { max_retention_days: 30 } }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: three }
spec:
  providers:
    - id: good
      claims:
        training_opt_out: { value: true, expires_at: 2027-01-01 }
        retention_days: 0
        gdpr: true
      targets: [{ model: chat-large, serves: [chat] }, { model: code }]
    - id: '${EVIL}'
      claims: { training_opt_out: true, retention_days: 30 }
      targets: [{ model: chat }, { model: '"onfocus="globalThis.pwned=1"autofocus="' }]
    - id: lenient
      claims: { training_opt_out: true, retention_days: 3 }
      targets: [{ model: chat-mini }]
    - id: silent
      models: any
      targets: [{ model: chat }]
`;

interface OpenPage {
  readonly page: Page;
  /** Everything that the page asked for, and everything that it complained of. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

let browser: Browser;
let directory = '';

async function open(options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(join(directory, 'preview.html')).href);
  return { page, requests, complaints };
}

const shownModels = (page: Page): Promise<readonly string[]> =>
  page.locator('details.model:visible .name').allTextContents();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-preview-'));
  writeFileSync(join(directory, 'all.yaml'), FILES);
  const output = join(directory, 'preview.html');
  const flags = ['--now', '2026-12-01', '--format', 'html', '--output', output];
  const run = ambit(['preview', '--policy', join(directory, 'all.yaml'), ...flags]);
  if (run.code !== 0) throw new Error(run.stderr);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the page of a preview in a browser', () => {
  it('asks for nothing but itself, and complains of nothing', async () => {
    const { page, requests, complaints } = await open();
    await page.click('#filter-open');
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows hostile names as text, and runs none of them', async () => {
    const { page, complaints } = await open();
    await page.click('#filter-open');
    expect(await page.locator('img, b, [onerror], [onfocus], [autofocus]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
    const text = await page.locator('main').innerText();
    expect(text).toContain(`${EVIL}/chat`);
    expect(text).toContain('"onfocus="globalThis.pwned=1"autofocus="');
    expect(text).toContain('</script></title><script>globalThis.pwned=1</script>');
    expect(await page.locator('header').innerText()).toContain('<b>hr</b>');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('keeps what would be slipped in later from loading and running', async () => {
    const { page } = await open();
    const forbidden = await page.evaluate<readonly string[]>(FORBIDDEN);
    expect([...forbidden].sort()).toEqual(
      expect.arrayContaining(['connect-src', 'img-src', 'style-src-elem']),
    );
    expect(forbidden).toContain('trusted types');
    expect(await page.title()).toMatch(/^Ambit preview: /);
    expect(await page.locator('body').isVisible()).toBe(true);
    await page.context().close();
  });

  it('filters models by words and by outcome, says how many are left, and opens and closes them', async () => {
    const { page } = await open();
    const all = await shownModels(page);
    expect(all).toHaveLength(5);
    expect(await page.locator('#filter-count').innerText()).toBe('5 of 5 shown');
    await page.fill('#filter-text', 'CLAIM_unknown silent');
    expect(await shownModels(page)).toEqual(['chat', 'any other model of silent']);
    expect(await page.locator('#filter-count').innerText()).toBe('2 of 5 shown');
    await page.selectOption('#filter-outcome', 'allow');
    expect(await shownModels(page)).toEqual(['chat']);
    await page.fill('#filter-text', '');
    await page.selectOption('#filter-outcome', 'warn');
    expect(await shownModels(page)).toEqual(['chat-mini']);
    await page.click('#filter-open');
    expect(await page.locator('details[open]').count()).toBe(1);
    await page.click('#filter-close');
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.press('#filter-text', 'Enter');
    expect(page.url()).toMatch(/preview\.html$/);
    await page.context().close();
  });

  it('opens a model by keyboard, and shows why', async () => {
    const { page } = await open();
    await page.locator('details.model summary').first().focus();
    await page.keyboard.press('Enter');
    const table = page.locator('details[open] table');
    expect(await table.innerText()).toMatch(
      /claim_contrary[^]*retention_days at most 7[^]*retention_days: 30/,
    );
    await page.context().close();
  });

  it('shows everything without its script, but for the filter', async () => {
    const { page, complaints } = await open({ javaScriptEnabled: false });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await shownModels(page)).toHaveLength(5);
    await page.locator('details.model summary').first().click();
    expect(await page.locator('details[open] table').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme });
    await page.click('#filter-open');
    const found = await page.evaluate<{ looked: number; low: readonly unknown[] }>(LOW_CONTRASTS);
    expect(found.looked).toBeGreaterThan(100);
    expect(found.low).toEqual([]);
    const background = await page.evaluate<string>(
      'getComputedStyle(document.body).backgroundColor',
    );
    const [red = 0] = (background.match(/\d+/g) ?? []).map(Number);
    expect(red > 128).toBe(colorScheme === 'light');
    await page.context().close();
  });

  it('has tables whose rows fill their columns, and no page wider than the window', async () => {
    const { page } = await open({ viewport: { width: 400, height: 800 } });
    await page.click('#filter-open');
    expect(await page.evaluate(RAGGED_TABLES)).toEqual([]);
    expect(await page.locator('table').count()).toBeGreaterThan(5);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });

  it('opens what it shows for printing, and closes it again', async () => {
    const { page } = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details[open]').count()).toBe(5);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.context().close();
  });
});
