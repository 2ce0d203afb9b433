/** One installation of the product: a stack, a bucket, a distribution and a dataset of its own. */
export interface Stage {
  readonly name: StageName;
  /** Certificates and figures of CloudFront are found in us-east-1 alone. */
  readonly region: string;
  readonly sanity: {
    readonly projectId: string;
    readonly dataset: string;
    /** A private dataset is read with a token; a public one shows what is under embargo to whoever asks Sanity. */
    readonly isPrivate: boolean;
  };
  /** Null: the site stands under the name that CloudFront gives it, whose TLS floor is CloudFront's. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | null;
  /** Part of every feed id for ever: a name that is yours on that date. */
  readonly tagAuthority: string;
  /** Speed only; see docs/decisions/025-caching.md. */
  readonly purge: 'off' | 'tags' | 'paths';
  /** Purges in a calendar month; then the TTL does it. AWS gives an account, all its stages together, 1,000 free. */
  readonly purgesPerMonth: number;
  /** Whether search engines may keep what they find. */
  readonly isIndexed: boolean;
  /** Whether readers must give a password, which `pressrun secrets init` makes; see docs/guides/operators.md. */
  readonly isClosed: boolean;
  readonly hasAlarms: boolean;
  /** Mail addresses that alarms and the budget write to. */
  readonly operators: readonly string[];
  /** Mail goes out at four fifths of this, and when the month is expected to reach it. */
  readonly monthlyDollars: number;
}

/** Stands where a publication has not said yet what is its own. */
export const unset = 'set-me';

/** The values that are still those of the example, by the names that they have in a stage. */
export function unsetOf({ sanity, tagAuthority }: Stage): readonly string[] {
  return [
    ...(sanity.projectId === unset ? ['sanity.projectId'] : []),
    ...(tagAuthority === exampleAuthority ? ['tagAuthority'] : []),
  ];
}

export const stageNames = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

const exampleAuthority = 'briefings.example,2026';

const shared = {
  region: 'us-east-1',
  domain: null,
  tagAuthority: exampleAuthority,
  purge: 'off',
  purgesPerMonth: 1_000,
  operators: [],
} as const;

/** The values of every stage. What a publication has of its own is set here, and nowhere else. */
export const stages: Readonly<Record<StageName, Stage>> = {
  dev: {
    ...shared,
    name: 'dev',
    sanity: { projectId: unset, dataset: 'development', isPrivate: true },
    isIndexed: false,
    // So that the Studio can see its pages at the edge here too.
    isClosed: false,
    hasAlarms: false,
    monthlyDollars: 5,
  },
  staging: {
    ...shared,
    name: 'staging',
    sanity: { projectId: unset, dataset: 'staging', isPrivate: true },
    isIndexed: false,
    isClosed: true,
    hasAlarms: true,
    monthlyDollars: 5,
  },
  prod: {
    ...shared,
    name: 'prod',
    sanity: { projectId: unset, dataset: 'production', isPrivate: true },
    isIndexed: true,
    isClosed: false,
    hasAlarms: true,
    monthlyDollars: 20,
  },
};
