import type {
  Briefing,
  DocumentId,
  Identity,
  PublishedDocument,
  RichText,
  TextBlock,
} from './model.ts';

/** A reference of one document to another. */
export interface Reference {
  readonly id: DocumentId;
  /** A weak reference whose target is not live prints its text unlinked; a strong one is a problem. */
  readonly weak: boolean;
  /** Where it stands in the document, as Sanity writes it. */
  readonly path: string;
}

/** Every reference of a document, in the order in which it is printed, each as often as it stands. */
export function referencesOf(document: PublishedDocument): readonly Reference[] {
  switch (document.type) {
    case 'briefing':
      return referencesOfBriefing(document);
    case 'person':
      return [...identityReferences(document.identities), ...mergedInto(document)];
    case 'team':
    case 'author':
    case 'topic':
      return mergedInto(document);
    case 'redirect':
      return document.to === null ? [] : [weak(document.to, 'to')];
    case 'siteSettings':
      return document.defaultTeamId === null ? [] : [strong(document.defaultTeamId, 'defaultTeam')];
    case 'country':
      return [];
  }
}

function referencesOfBriefing(briefing: Briefing): Reference[] {
  return [
    ...(briefing.translationOf === null ? [] : [weak(briefing.translationOf, 'translationOf')]),
    strong(briefing.personId, 'person'),
    ...identityReferences(briefing.identities ?? []),
    ...Object.entries(briefing.answers).flatMap(([field, answer]) => mentionsIn(answer, field)),
    ...briefing.countryIds.map((id, index) => strong(id, `countries[${index}]`)),
    ...briefing.topicIds.map((id, index) => strong(id, `topics[${index}]`)),
    ...briefing.byline.map(({ id }, index) => strong(id, `byline[${index}].contributor`)),
    ...briefing.relatedIds.map((id, index) => weak(id, `related[${index}]`)),
  ];
}

function mentionsIn(answer: RichText, field: string): Reference[] {
  return answer.flatMap((block) => (block._type === 'block' ? mentionsInBlock(block, field) : []));
}

function mentionsInBlock(block: TextBlock, field: string): Reference[] {
  return block.markDefs.flatMap((definition) =>
    definition._type === 'briefingReference'
      ? [
          weak(
            definition.briefingId,
            `${field}[_key=="${block._key}"].markDefs[_key=="${definition._key}"].reference`,
          ),
        ]
      : [],
  );
}

function identityReferences(identities: readonly Identity[]): Reference[] {
  return identities.map(({ countryId }, index) =>
    strong(countryId, `identities[${index}].country`),
  );
}

function mergedInto(document: { readonly mergedInto: DocumentId | null }): Reference[] {
  return document.mergedInto === null ? [] : [weak(document.mergedInto, 'mergedInto')];
}

function strong(id: DocumentId, path: string): Reference {
  return { id, weak: false, path };
}

function weak(id: DocumentId, path: string): Reference {
  return { id, weak: true, path };
}
