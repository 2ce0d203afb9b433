import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PurgeSetting } from './functions.ts';
import { writePrivately } from './private-file.ts';

/** What tools and tests may know of a running stack. Tokens and secrets are of this machine alone. */
export interface StackFile {
  readonly version: 1;
  /** The process to end. */
  readonly pid: number;
  readonly site: {
    readonly url: string;
    readonly edgeSpeed: number;
    readonly purge: PurgeSetting;
  };
  /** Where editors write; null in a stack without a Studio. */
  readonly studio: { readonly url: string } | null;
  readonly stage: {
    readonly baseUrl: string;
    readonly tagAuthority: string;
    readonly epoch: number;
  };
  readonly lake: {
    /** For clients: `apiHost`, with `useProjectHostname: false`. */
    readonly url: string;
    readonly projectId: string;
    readonly dataset: string;
    readonly tokens: { readonly editor: string; readonly viewer: string };
  };
  /** The operator's key: everything that the bucket's policy does not refuse. */
  readonly s3: {
    readonly endpoint: string;
    readonly region: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  readonly sqs: {
    readonly endpoint: string;
    readonly region: string;
    readonly account: string;
    readonly queueUrl: string;
    readonly deadLettersUrl: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  readonly functions: {
    /** Where the webhook rings. */
    readonly webhookUrl: string;
    /** POST an event to start a function; `{name}` stands for its name. */
    readonly invokeUrl: string;
    /** PUT how slow the services are and how much of a processor functions have; GET tells it. */
    readonly limitsUrl: string;
    /** For both. */
    readonly invokeToken: string;
  };
  readonly webhook: { readonly id: string; readonly secret: string };
}

/** Writes `stack.json`, readable by its owner alone. */
export function writeStackFile(directory: string, file: StackFile): void {
  writePrivately(join(directory, 'stack.json'), file);
}

/** A file without its stack would send tools to addresses where nobody answers. */
export function removeStackFile(directory: string): void {
  rmSync(join(directory, 'stack.json'), { force: true });
}
