import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { ssmClient } from '../../src/adapters/parameter-store.ts';
import type { SSMClient } from '@aws-sdk/client-ssm';

/** Parameters as SSM keeps them, behind as much of its protocol as we speak. */
export interface FakeSsm {
  readonly parameters: Map<string, { readonly type: string; readonly value: string }>;
  /** Set it, and every request is refused by this name. */
  refusal: string | null;
  readonly client: SSMClient;
  close(): Promise<void>;
}

export async function startFakeSsm(): Promise<FakeSsm> {
  const parameters: FakeSsm['parameters'] = new Map();
  const server = createServer((request, response) => void answered(request, response));
  async function answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const answer = (status: number, said: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(said));
    };
    if (ssm.refusal !== null) {
      // As AWS does: its sentence repeats what it was sent.
      return answer(400, { __type: ssm.refusal, message: JSON.stringify(body) });
    }
    switch (request.headers['x-amz-target']) {
      case 'AmazonSSM.GetParameters': {
        const { Names: names, WithDecryption: decrypted } = getShape.parse(body);
        const found = names.flatMap((Name) => {
          const kept = parameters.get(Name);
          if (kept === undefined) return [];
          const Value = kept.type === 'SecureString' && !decrypted ? 'AQICAHcipher' : kept.value;
          return [{ Name, Type: kept.type, Value }];
        });
        return answer(200, {
          Parameters: found,
          InvalidParameters: names.filter((name) => !parameters.has(name)),
        });
      }
      case 'AmazonSSM.PutParameter': {
        const {
          Name: name,
          Type: type,
          Value: value,
          Overwrite: overwrites,
        } = putShape.parse(body);
        if (parameters.has(name) && !overwrites) {
          return answer(400, { __type: 'ParameterAlreadyExists', message: 'It is there.' });
        }
        parameters.set(name, { type, value });
        return answer(200, { Version: 1, Tier: 'Standard' });
      }
      default:
        return answer(400, { __type: 'UnknownOperationException' });
    }
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  const client = ssmClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'of-a-test', secretAccessKey: 'of-a-test' },
  });
  const ssm: FakeSsm = {
    parameters,
    refusal: null,
    client,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return ssm;
}

const getShape = z.object({ Names: z.array(z.string()), WithDecryption: z.boolean() });
const putShape = z.object({
  Name: z.string(),
  Type: z.string(),
  Value: z.string(),
  Overwrite: z.boolean(),
});
