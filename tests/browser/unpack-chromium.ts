import chromium from '@sparticuz/chromium';
import { asInLambda } from './chromium.ts';

/** Once before all files: one that starts it while another unpacks it finds a program that is still written. */
export default async function setup(): Promise<void> {
  asInLambda();
  await chromium.executablePath();
}
