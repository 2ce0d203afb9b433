import { answerDelivery, type DoorbellServices } from './answer-delivery.ts';
import { methodOf, postOnly, type UrlAnswer, urlAnswer, urlRequest } from './function-url.ts';

/** As `DoorbellServices`, with secrets that are read once somebody rings. */
export type ReceiverServices = Omit<DoorbellServices, 'secrets'> & {
  readonly secrets: () => Promise<DoorbellServices['secrets']>;
};

/**
 * Answers a request to the function URL, which lets every method in. What is no POST is no delivery: 405,
 * before a secret is read or a body decoded.
 */
export async function answerRequest(
  event: unknown,
  { secrets, ...services }: ReceiverServices,
): Promise<UrlAnswer> {
  if (methodOf(event) !== 'POST') {
    services.log.warn('delivery-refused', {
      reason: 'method-not-allowed',
      status: postOnly.statusCode,
    });
    return postOnly;
  }
  const { status, reason } = await answerDelivery(urlRequest(event), {
    ...services,
    secrets: await secrets(),
  });
  return urlAnswer(status, reason);
}
