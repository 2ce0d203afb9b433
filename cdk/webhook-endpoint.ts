import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ProductFunction, type ProductFunctionProps } from './product-function.ts';
import type { Secrets } from './secrets.ts';

/**
 * The address that Sanity rings. It is open to the world, since Sanity cannot sign for AWS: the function
 * refuses whoever does not have the secret before it calls anybody, and the most that a flood can cost
 * is its reserved concurrency.
 */
export class WebhookEndpoint extends Construct {
  readonly receiver: ProductFunction;
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    { secrets, ...props }: Omit<ProductFunctionProps, 'name'> & { readonly secrets: Secrets },
  ) {
    super(scope, id);
    this.receiver = new ProductFunction(this, 'Receive', {
      ...props,
      name: 'receive-webhook',
      environment: { ...props.environment, WEBHOOK_SECRETS: secrets.webhook.references },
    });
    const url = this.receiver.function.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.BUFFERED,
    });
    this.url = url.url;
  }
}
