/** One statement of a policy, in the JSON form that CloudFormation and the local emulators read. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Lets whoever holds it do this to that. */
export function allow(
  sid: string,
  action: string | readonly string[],
  resource: string | readonly string[],
): Statement {
  return { Sid: sid, Effect: 'Allow', Action: action, Resource: resource };
}
