import * as assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Browser, chromium } from 'playwright-core';

const chrome: { findChromium(): string | undefined; noBrowser(): string | undefined } =
  require('../../scripts/doctor/chromium');

/** For a test's `skip`: why there is no browser to look with; undefined where there is one, or must be. */
export const { noBrowser } = chrome;

/** As root, as in a container, Chromium starts without its sandbox only; and it draws WebGL without a GPU. */
const ARGUMENTS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** Starts the browser that `npm run doctor` finds; it is closed when the test ends. */
export async function openBrowser(t: TestContext): Promise<Browser> {
  const executablePath = chrome.findChromium();
  assert.ok(executablePath, 'there must be a Chromium where CI is set');
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  t.after(() => browser.close());
  return browser;
}
