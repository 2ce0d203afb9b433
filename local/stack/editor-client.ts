import { createClient, type SanityClient } from '@sanity/client';
import type { StackFile } from './stack-file.ts';

/** Sanity's own client for the content lake of a running stack, with an editor's rights. */
export function editorClient({ lake }: Pick<StackFile, 'lake'>): SanityClient {
  return createClient({
    projectId: lake.projectId,
    dataset: lake.dataset,
    apiVersion: '2026-03-01',
    apiHost: lake.url,
    useProjectHostname: false,
    useCdn: false,
    token: lake.tokens.editor,
  });
}
