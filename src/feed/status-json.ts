import { v1 } from '../site/paths.ts';
import type { ContractDocument } from './contract.ts';

export type SiteStatus = Omit<ContractDocument<'status'>, '$schema' | 'type'>;

/** `/status.json`. It tells of time, not of content: so it bears no stamp, and is in no release. */
export function statusJson(status: SiteStatus, baseUrl: string): string {
  const document: ContractDocument<'status'> = {
    $schema: `${baseUrl}${v1.schema('status')}`,
    type: 'status',
    ...status,
  };
  return `${JSON.stringify(document)}\n`;
}
