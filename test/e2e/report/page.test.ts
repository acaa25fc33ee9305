import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { reportRecords, otherRecords, REPORT_FILES } from '../../cli/support/report-trail';
import { trailDirectory, type TrailDirectory } from '../../cli/support/trail-directory';
import { ambit } from '../cli/built-cli';
import { launchChromium } from '../preview/chromium';
import { LOW_CONTRASTS, RAGGED_TABLES } from '../preview/probes';

/** A name that a browser would run, if it were taken for markup. */
const EVIL = '</title></svg><img src=x onerror=globalThis.pwned=1>';

interface OpenPage {
  readonly page: Page;
  /** Everything that the page asked for, and everything that it complained of. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

let browser: Browser;
let place: TrailDirectory;
let directory = '';

async function open(options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(join(directory, 'report.html')).href);
  return { page, requests, complaints };
}

function hostile(record: object): object {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) =>
      typeof value === 'string' && /^(?:provider|policy|tenant)$/.test(key) ? value + EVIL : value,
    ),
  ) as object;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-report-'));
  place = trailDirectory();
  const records = reportRecords(await place.store(REPORT_FILES));
  await place.append(...records.map(hostile), ...otherRecords());
  await place.gap({ queue_full: 4 });
  const args = ['--records', place.trail, '--key', place.key, '--format', 'html'];
  const run = ambit(['audit', 'report', ...args]);
  if (run.code !== 0) throw new Error(run.stderr);
  writeFileSync(join(directory, 'report.html'), run.stdout);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  place.remove();
  rmSync(directory, { recursive: true, force: true });
});

describe('the page of a report in a browser', () => {
  it('asks for nothing but itself, runs nothing, and complains of nothing', async () => {
    const { page, requests, complaints } = await open();
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    expect(await page.locator('script, img, [onerror]').count()).toBe(0);
    expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
    expect(await page.locator('main').innerText()).toContain(`acme${EVIL}`);
    await page.context().close();
  });

  it('draws its charts, with their names', async () => {
    const { page } = await open();
    const charts = page.locator('svg[role=img]');
    expect(await charts.count()).toBe(3);
    for (const name of ['over time', 'by provider', 'by reason']) {
      expect(await page.getByRole('img', { name: new RegExp(name) }).count()).toBe(1);
    }
    const sizes = await page.evaluate<readonly number[]>(
      "[...document.querySelectorAll('rect.bar')].map((bar) => bar.getBoundingClientRect()).filter(({ width, height }) => width > 1 && height > 1).map(({ width }) => width)",
    );
    // Five decisions at five times; two eligible and two blocked bars of three providers; one reason.
    expect(sizes).toHaveLength(5 + 4 + 1);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme });
    const found = await page.evaluate<{ looked: number; low: readonly unknown[] }>(LOW_CONTRASTS);
    expect(found.looked).toBeGreaterThan(100);
    expect(found.low).toEqual([]);
    const fills = await page.evaluate<readonly string[]>(
      "[...new Set([...document.querySelectorAll('rect.bar, svg text')].map((each) => getComputedStyle(each).fill))]",
    );
    expect(fills).toHaveLength(4);
    await page.context().close();
  });

  it('has tables whose rows fill their columns, and no page wider than the window', async () => {
    const { page } = await open({ viewport: { width: 400, height: 800 } });
    expect(await page.evaluate(RAGGED_TABLES)).toEqual([]);
    expect(await page.locator('table').count()).toBeGreaterThan(7);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });
});
