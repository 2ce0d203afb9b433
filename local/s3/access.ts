import type { Bucket } from './bucket-table.ts';
import { accessDenied } from './errors.ts';
import { isAllowed, type PolicyStatement } from './policy.ts';
import type { S3Request } from './request.ts';

/** A caller known by access key, or an anonymous one. */
export interface Caller {
  /** The principal that a bucket policy may name; undefined for an anonymous caller. */
  readonly name: string | undefined;
  /** Absent for the account's owner. An anonymous caller has an empty list. */
  readonly statements: readonly PolicyStatement[] | undefined;
  /** What conditions may ask about the caller, by keys in lower case. */
  readonly context?: Readonly<Record<string, string>> | undefined;
}

/** What one caller may do in one bucket. */
export class Access {
  readonly #caller: Caller;
  readonly #bucket: Bucket;
  readonly #context: Readonly<Record<string, string>>;

  constructor({ caller, bucket, request }: { caller: Caller; bucket: Bucket; request: S3Request }) {
    this.#caller = caller;
    this.#bucket = bucket;
    this.#context = contextOf(request);
  }

  /** Throws AccessDenied unless the caller may do this to that object. */
  requireObject(action: string, key: string, context: Readonly<Record<string, string>> = {}): void {
    this.#require(action, `${this.#arn()}/${key}`, context);
  }

  /** Throws AccessDenied unless the caller may do this to the bucket. */
  requireBucket(action: string): void {
    this.#require(action, this.#arn(), {});
  }

  /** Whether a missing key may be admitted to be missing: S3 says 403 to who may not list. */
  mayList(): boolean {
    return this.#may('s3:ListBucket', this.#arn(), {});
  }

  #require(action: string, resource: string, context: Readonly<Record<string, string>>): void {
    if (!this.#may(action, resource, context)) throw accessDenied();
  }

  #may(action: string, resource: string, context: Readonly<Record<string, string>>): boolean {
    return isAllowed({
      request: {
        principal: this.#caller.name,
        action,
        resource,
        context: { ...this.#caller.context, ...this.#context, ...context },
      },
      identityPolicy: this.#caller.statements,
      bucketPolicy: this.#bucket.policy,
    });
  }

  #arn(): string {
    return `arn:aws:s3:::${this.#bucket.name}`;
  }
}

function contextOf(request: S3Request): Record<string, string> {
  // Loopback stands in for TLS, so a "TLS only" policy of the real bucket can be used as it is.
  const context: Record<string, string> = { 'aws:securetransport': 'true' };
  for (const name of ['prefix', 'delimiter', 'max-keys']) {
    const value = request.query.get(name);
    if (value !== null) context[`s3:${name}`] = value;
  }
  for (const name of ['if-match', 'if-none-match']) {
    const value = request.headers[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  return context;
}
