import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A browser from the registry alone; it unpacks its own libraries where a Lambda would. */
export async function startBrowser(further: readonly string[] = []): Promise<Browser> {
  asInLambda();
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [
      '--no-sandbox',
      '--headless=shell',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      ...further,
    ],
  });
}

/** So that the libraries are unpacked as well, and found. */
export function asInLambda(): void {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
}
