/** One statement of an IAM or bucket policy, in the JSON form CloudFormation templates use. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | boolean | readonly string[]>>>
  >;
}

/** What somebody wants to do, with the facts that conditions may ask about. */
export interface AccessRequest {
  /** Undefined for an anonymous caller. */
  readonly principal: string | undefined;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** For example `arn:aws:s3:::site/public/index.html`. */
  readonly resource: string;
  /** Condition keys in lower case, for example `s3:prefix`; absent keys are not in it. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Decides as IAM does for one account: an explicit Deny anywhere wins, then an Allow from either side.
 *
 * Covers what this project's roles use: `*` and `?` wildcards, StringEquals, StringLike, their negations,
 * Bool and Null. Any other operator throws, so that a policy is never half understood.
 */
export function isAllowed({
  request,
  identityPolicy,
  bucketPolicy,
}: {
  request: AccessRequest;
  /** Undefined: the caller is the account's owner and may do what is not denied. */
  identityPolicy: readonly PolicyStatement[] | undefined;
  bucketPolicy: readonly PolicyStatement[];
}): boolean {
  const ofBucket = bucketPolicy.filter(
    (statement) => concerns(statement.Principal, request.principal) && covers(statement, request),
  );
  const ofIdentity = (identityPolicy ?? []).filter((statement) => covers(statement, request));
  const statements = [...ofBucket, ...ofIdentity];
  if (statements.some((statement) => statement.Effect === 'Deny')) return false;
  if (request.principal !== undefined && identityPolicy === undefined) return true;
  return statements.some((statement) => statement.Effect === 'Allow');
}

function concerns(
  policyPrincipal: PolicyStatement['Principal'],
  caller: string | undefined,
): boolean {
  if (policyPrincipal === undefined || policyPrincipal === '*') return true;
  return Object.values(policyPrincipal)
    .flat()
    .some((named) => named === '*' || named === caller);
}

function covers(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    [statement.Action]
      .flat()
      .some((action) => matches(action.toLowerCase(), request.action.toLowerCase())) &&
    [statement.Resource].flat().some((resource) => matches(resource, request.resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds({
          operator,
          wanted: [wanted].flat().map(String),
          actual: request.context[key.toLowerCase()],
        }),
      ),
    )
  );
}

function holds({
  operator,
  wanted,
  actual,
}: {
  operator: string;
  wanted: readonly string[];
  actual: string | undefined;
}): boolean {
  switch (operator) {
    case 'Null':
      return wanted.some((value) => value === String(actual === undefined));
    case 'Bool':
    case 'StringEquals':
    case 'ArnEquals':
      return actual !== undefined && wanted.includes(actual);
    case 'StringNotEquals':
      return actual === undefined || !wanted.includes(actual);
    case 'StringLike':
    case 'ArnLike':
      return actual !== undefined && wanted.some((pattern) => matches(pattern, actual));
    case 'StringNotLike':
      return actual === undefined || !wanted.some((pattern) => matches(pattern, actual));
    default:
      throw new Error(
        `Policy condition operator "${operator}" is not known here; expected Null, Bool, StringEquals, StringLike or their negations`,
      );
  }
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[\\s\\S]*')
    .replaceAll('?', '[\\s\\S]');
  return new RegExp(`^${source}$`).test(text);
}
