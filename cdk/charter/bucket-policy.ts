import { publicPrefix } from '../../src/site/paths.ts';
import type { Statement } from './statement.ts';

/** All that is ever written lies under these. */
export const writtenPrefixes = [`${publicPrefix}/`, 'state/'] as const;

/** Who CloudFront is when it asks the bucket. */
export const edgePrincipal = 'cloudfront.amazonaws.com';

/**
 * The bucket's policy: nothing without TLS, no write that would overwrite blindly, and of all the world
 * only our own distribution may read, and only what is public.
 */
export function bucketPolicy({
  bucketArn,
  distributionArn,
}: {
  bucketArn: string;
  distributionArn: string;
}): readonly Statement[] {
  const fromOurEdge = {
    Principal: { Service: edgePrincipal },
    Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
  } as const;
  return [
    {
      Sid: 'RefuseInsecureTransport',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    ...refuseUnconditionalWrites(bucketArn),
    {
      Sid: 'LetTheEdgeRead',
      Effect: 'Allow',
      ...fromOurEdge,
      Action: 's3:GetObject',
      Resource: `${bucketArn}/${publicPrefix}/*`,
    },
    {
      // Without it a missing key is a 403, and readers would be told of a fault of ours.
      Sid: 'TellTheEdgeWhatIsMissing',
      Effect: 'Allow',
      ...fromOurEdge,
      Action: 's3:ListBucket',
      Resource: bucketArn,
    },
  ];
}

/**
 * Refuses every write that does not say what it expects to find. CopyObject carries no condition, so it is
 * refused as well; parts of a multipart upload are exempt, its completion is not.
 */
export function refuseUnconditionalWrites(bucketArn: string): readonly Statement[] {
  return [
    {
      Sid: 'RefuseUnconditionalWrites',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: writtenPrefixes.map((prefix) => `${bucketArn}/${prefix}*`),
      Condition: {
        Null: { 's3:if-match': 'true', 's3:if-none-match': 'true' },
        Bool: { 's3:ObjectCreationOperation': 'true' },
      },
    },
  ];
}
