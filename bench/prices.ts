/**
 * List prices in US dollars, us-east-1, without free tiers, as of 1 December 2026.
 * https://aws.amazon.com/s3/pricing/ · https://aws.amazon.com/lambda/pricing/ · https://aws.amazon.com/sqs/pricing/
 */
export const prices = {
  s3: {
    put: 0.005 / 1_000,
    list: 0.005 / 1_000,
    get: 0.0004 / 1_000,
    head: 0.0004 / 1_000,
    delete: 0,
  },
  /** arm64. */
  lambda: { gigabyteSecond: 0.0000133334, request: 0.2 / 1_000_000 },
  /** FIFO. */
  queue: { request: 0.5 / 1_000_000 },
} as const;
