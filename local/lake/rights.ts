import { timingSafeEqual } from 'node:crypto';

import { isDraftId, isVersionId } from './documents.ts';

/** Who is asking. The token decides; nothing else does. */
export interface Identity {
  kind: 'editor' | 'viewer' | 'anonymous';
  id: string;
  name: string;
}

export interface RightsOptions {
  tokens: { editor: string; viewer: string };
  /** Further editors by name, for two people in one Studio. */
  editors?: readonly { name: string; token: string }[];
  /** A public dataset shows published documents without a dot in their id to everyone. */
  isPublicDataset: boolean;
  viewerReadsDrafts: boolean;
}

export const anonymous: Identity = { kind: 'anonymous', id: '<anonymous>', name: 'Anonymous' };

export interface Rights {
  isPublicDataset: boolean;
  identities: readonly Identity[];
  /** The token's owner; `undefined` when no one here was given that token. */
  identify(token: string | undefined): Identity | undefined;
  tokenOf(identity: Identity): string | undefined;
  canRead(identity: Identity, documentId: string): boolean;
  canWrite(identity: Identity): boolean;
}

/** The whole rights model: an editor does everything, a viewer reads, others read what is public. */
export function rightsOf(options: RightsOptions): Rights {
  const owners: { token: string; identity: Identity }[] = [
    { token: options.tokens.editor, identity: { kind: 'editor', id: 'editor', name: 'Editor' } },
    { token: options.tokens.viewer, identity: { kind: 'viewer', id: 'viewer', name: 'Viewer' } },
    ...(options.editors ?? []).map(({ name, token }) => ({
      token,
      identity: {
        kind: 'editor' as const,
        id: `editor-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
        name,
      },
    })),
  ];
  for (const { token, identity } of owners) {
    if (token.length < 32) {
      throw new RangeError(
        `The ${identity.id} token has ${token.length} characters; the Studio ignores any below 32`,
      );
    }
  }
  return {
    isPublicDataset: options.isPublicDataset,
    identities: owners.map(({ identity }) => identity),
    identify(token) {
      if (token === undefined) return anonymous;
      return owners.find((owner) => isSameToken(owner.token, token))?.identity;
    },
    tokenOf: (identity) => owners.find((owner) => owner.identity.id === identity.id)?.token,
    canRead(identity, documentId) {
      switch (identity.kind) {
        case 'editor':
          return true;
        case 'viewer':
          return options.viewerReadsDrafts || !(isDraftId(documentId) || isVersionId(documentId));
        case 'anonymous':
          return options.isPublicDataset && !documentId.includes('.');
      }
    },
    canWrite: (identity) => identity.kind === 'editor',
  };
}

function isSameToken(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
