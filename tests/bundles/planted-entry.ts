/**
 * A function as it must never be: with what belongs to the Studio, to the stack, to the local twin
 * and to tests. The guard over the bundles is shown this one, so that we know that it would bark.
 */
import { parse } from 'groq-js';
import { signWebhook } from '../../local/lake/webhook-signature.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';

export const handler = (): unknown => [parse('*'), signWebhook, memoryQueue];
