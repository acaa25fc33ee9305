import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where systems install it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing of its own on the network, and no sandbox, which needs more rights than a test has. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium that the tests run; throws if there is none. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findBinary(), args: FLAGS });
}

function findBinary(): string {
  const configured = process.env['CHROMIUM_BIN'];
  if (configured !== undefined && configured !== '') return configured;
  const installed = PLACES.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  throw new Error(
    'no Chromium found; run `scripts/install-test-tools.sh`, or name one in CHROMIUM_BIN',
  );
}
