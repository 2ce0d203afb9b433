import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Gives what holds data, or has an address that others know, a logical id that no move of a construct can
 * change: CloudFormation would make a new one, and drop or orphan the old.
 */
export function pinned(construct: IConstruct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) {
    throw new Error(
      `${construct.node.path} is no single resource, so its logical id cannot be pinned`,
    );
  }
  resource.overrideLogicalId(logicalId);
}
