/** @jsxImportSource react */
import { Button, Card, Flex, Stack, Text } from '@sanity/ui';
import { useState } from 'react';
import type { DocumentActionComponent } from 'sanity';
import { stage } from '#stage';
import { type Subject, subjectOf } from '../receipt/subject.ts';
import { usePublication } from '../receipt/use-publication.ts';
import { textPath } from '../../src/site/paths.ts';
import { LinkIcon } from './icons.tsx';
import { useFirstFocus } from './use-first-focus.ts';

/** The addresses of a document, ready to be pasted. */
export const CopyLinkAction: DocumentActionComponent = ({ id, type, published }) => {
  const publication = usePublication();
  const [isOpen, setOpen] = useState(false);
  const subject =
    typeof publication === 'string'
      ? null
      : subjectOf({ id, type, published, publicationLanguage: publication.language });
  const links = subject === null ? [] : linksOf(subject, stage.baseUrl);
  return {
    label: 'Copy link…',
    icon: LinkIcon,
    disabled: links.length === 0,
    ...(links.length === 0 ? { title: 'It has an address once it is published.' } : {}),
    onHandle: () => setOpen(true),
    dialog: isOpen && {
      type: 'dialog',
      header: 'Copy link',
      width: 'medium',
      onClose: () => setOpen(false),
      content: <Links links={links} />,
    },
  };
};

export interface NamedLink {
  readonly title: string;
  readonly text: string;
  readonly about: string;
}

/** What can be copied of a published document that has a page. */
export function linksOf(subject: Subject, baseUrl: string): readonly NamedLink[] {
  if (subject.kind !== 'revision' || subject.page === null || subject.contract === null) return [];
  const page = baseUrl + subject.page.path;
  const isBriefing = subject.contract.startsWith('/v1/briefings/');
  return [
    { title: 'Page', text: page, about: 'For readers.' },
    {
      title: 'Short',
      text: page.replace(/^https?:\/\//, '').replace(/\/$/, ''),
      about: 'For print and posters: works as it is typed.',
    },
    {
      title: 'JSON',
      text: baseUrl + subject.contract,
      about: 'For other sites. This address never moves.',
    },
    ...(isBriefing
      ? [
          {
            title: 'Plain text',
            text: baseUrl + textPath(subject.page.path),
            about: 'For mail and terminals.',
          },
        ]
      : []),
  ];
}

function Links({ links }: { readonly links: readonly NamedLink[] }) {
  const [copied, setCopied] = useState<{ readonly title: string; readonly ok: boolean } | null>(
    null,
  );
  const list = useFirstFocus<HTMLDivElement>();
  const copy = ({ title, text }: NamedLink) => {
    navigator.clipboard.writeText(text).then(
      () => setCopied({ title, ok: true }),
      () => setCopied({ title, ok: false }),
    );
  };
  return (
    <Stack gap={3} ref={list}>
      {links.map((link) => (
        <Card border key={link.title} padding={3} radius={2}>
          <Flex align="center" gap={4}>
            <Stack flex={1} gap={3} style={{ minWidth: 0 }}>
              <Text size={1}>
                <strong>{link.title}</strong> · {link.about}
              </Text>
              <Text muted size={1} style={{ overflowWrap: 'anywhere' }}>
                <code>{link.text}</code>
              </Text>
            </Stack>
            <Button
              aria-label={`Copy ${link.title}`}
              fontSize={1}
              mode="ghost"
              onClick={() => copy(link)}
              padding={3}
              text={copied?.title === link.title && copied.ok ? 'Copied' : 'Copy'}
            />
          </Flex>
        </Card>
      ))}
      <Text aria-live="polite" muted size={1}>
        {copied?.ok === false
          ? 'This browser does not let the Studio copy: select the address and copy it yourself.'
          : ' '}
      </Text>
    </Stack>
  );
}
