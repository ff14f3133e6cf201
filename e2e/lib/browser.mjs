// Debian's chromium, or the one that CHROMIUM names.
import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser with a profile of its own, which playwright removes when it is closed. */
export function open() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error('no chromium here: install it or name it in CHROMIUM');
  return chromium.launch({ executablePath, args: FLAGS });
}
