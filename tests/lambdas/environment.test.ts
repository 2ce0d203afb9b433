import { describe, expect, it } from 'vitest';
import { publisherEnvironment, receiverEnvironment } from '../../lambdas/environment.ts';

const receiver = {
  SANITY_PROJECT_ID: 'a1b2c3d4',
  SANITY_DATASET: 'production',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/publish.fifo',
  WEBHOOK_SECRETS: 'ssm:/press/webhook,ssm:/press/webhook-before',
};
const publisher = {
  SANITY_PROJECT_ID: 'a1b2c3d4',
  SANITY_DATASET: 'production',
  QUEUE_URL: receiver.QUEUE_URL,
  BUCKET: 'press-site',
  BASE_URL: 'https://briefings.example/',
  TAG_AUTHORITY: 'briefings.example,2026',
  EPOCH: '12',
};

describe('the environment of a function', () => {
  it('is read once, as what it means', () => {
    expect(receiverEnvironment(receiver)).toEqual({
      ...receiver,
      WEBHOOK_SECRETS: ['ssm:/press/webhook', 'ssm:/press/webhook-before'],
    });
    expect(publisherEnvironment({ ...publisher, PATH: '/usr/bin' })).toEqual({
      ...publisher,
      BASE_URL: 'https://briefings.example',
      EPOCH: 12,
      PURGE: 'off',
    });
  });

  it('that is not complete is told in one sentence a variable', () => {
    expect(() => receiverEnvironment({ SANITY_PROJECT_ID: 'a1b2c3d4' })).toThrow(
      'The function\'s environment is not complete. SANITY_DATASET: expected the name of the dataset, such as "production". QUEUE_URL: expected the URL of the FIFO queue. WEBHOOK_SECRETS: expected where the webhook secrets are: one or two of ssm:<parameter> or env:<variable>, separated by a comma.',
    );
    expect(() => publisherEnvironment({ ...publisher, EPOCH: '0' })).toThrow(
      "The function's environment is not complete. EPOCH: expected the number of the deployment, from 1.",
    );
    expect(() => publisherEnvironment({ ...publisher, PURGE: 'tags' })).toThrow(
      'DISTRIBUTION_ID: expected the id of the CloudFront distribution, since PURGE is on.',
    );
  });

  it('never says a value: somebody may have put a secret where its place belongs', () => {
    for (const name of ['SANITY_TOKEN', 'BASE_URL', 'TAG_AUTHORITY', 'EPOCH', 'QUEUE_URL']) {
      const read = () => publisherEnvironment({ ...publisher, [name]: 'canary secret' });
      expect(read).toThrow(name);
      expect(read).not.toThrow('canary');
    }
    expect(() => receiverEnvironment({ ...receiver, WEBHOOK_SECRETS: 'canary secret' })).toThrow(
      /^(?!.*canary).*WEBHOOK_SECRETS/,
    );
  });
});
