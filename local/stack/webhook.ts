import { desiredHook } from '../../src/webhook/hook.ts';
import type { HookRequest } from '../lake/lake.ts';

/** The webhook that a project would be given, under an id that tests and tools can name. */
export function webhookOf(stage: { url: string; secret: string; dataset: string }): HookRequest {
  const { rule, headers, ...hook } = desiredHook(stage);
  return {
    id: 'publish-briefings',
    ...hook,
    headers: { ...headers },
    rule: { ...rule, on: [...rule.on] },
  };
}
