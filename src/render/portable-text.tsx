/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { RichText } from '../briefing/model.ts';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import { directionOf } from './direction.ts';
import { notesOf } from './notes.ts';
import { Picture } from './picture.tsx';
import { type Inline, type List, type RichTextNode, richTextTree } from './rich-text-tree.ts';
import type { Surface } from './surface.ts';

/** The text of one answer. Headings in it are of the third level: its question is of the second. */
export function PortableText({
  text,
  resolved,
  surface,
}: {
  readonly text: RichText;
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}) {
  const context = { resolved, surface };
  return <>{richTextTree(text).map((node) => block(node, context))}</>;
}

interface Context {
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}

function block(node: RichTextNode, context: Context): ComponentChildren {
  switch (node.kind) {
    case 'paragraph':
      return <p>{node.children.map((child) => inline(child, context))}</p>;
    case 'heading':
      return <h3>{node.children.map((child) => inline(child, context))}</h3>;
    case 'quote':
      return quotation(node, context);
    case 'list':
      return list(node, context);
    case 'image':
      return <Picture portrait={node.portrait} surface={context.surface} />;
  }
}

/** A quotation and, beneath it, whose words they are: an address as a link, anything else as it is written. */
function quotation(
  { children, cite }: RichTextNode & { readonly kind: 'quote' },
  context: Context,
): ComponentChildren {
  const address = cite === null ? null : context.surface.typedLink(cite);
  const quote = (
    <blockquote {...(address === null ? {} : { cite: address })}>
      <p>{children.map((child) => inline(child, context))}</p>
    </blockquote>
  );
  return cite === null ? (
    quote
  ) : (
    <figure class="quote">
      {quote}
      <figcaption>{address === null ? cite : <a href={address}>{cite}</a>}</figcaption>
    </figure>
  );
}

function list({ ordered, items }: List, context: Context): ComponentChildren {
  const children = items.map((item) => (
    <li>
      {item.children.map((child) => inline(child, context))}
      {item.lists.map((nested) => list(nested, context))}
    </li>
  ));
  return ordered ? <ol>{children}</ol> : <ul>{children}</ul>;
}

function inline(node: Inline, context: Context): ComponentChildren {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'break') return <br />;
  const children = node.children.map((child) => inline(child, context));
  const { resolved, surface } = context;
  switch (node.kind) {
    case 'strong':
      return <strong>{children}</strong>;
    case 'em':
      return <em>{children}</em>;
    case 'link': {
      const href = surface.typedLink(node.href);
      return href === null ? children : <a href={href}>{children}</a>;
    }
    case 'briefing': {
      // Only a live briefing has an address here; of any other nothing but its text is known.
      const path = resolved.mentioned.get(node.id);
      return path === undefined ? children : <a href={surface.href(path)}>{children}</a>;
    }
    case 'lang':
      return (
        <span lang={node.language} dir={directionOf(node.language)}>
          {children}
        </span>
      );
    case 'citation': {
      const note = notesOf(resolved.briefing).at.get(node);
      if (!note) return children;
      return (
        <>
          {children}
          <sup>
            <a
              {...surface.id(citationAnchor(note.number, note.occurrence))}
              href={surface.anchor(sourceAnchor(note.number))}
              aria-label={surface.words.sourceNumber(note.number)}
            >
              {note.number}
            </a>
          </sup>
        </>
      );
    }
  }
}

/** Anchors are constants and numbers: no id of a page ever comes from content. */
export function sourceAnchor(number: number): string {
  return `source-${number}`;
}

export function citationAnchor(number: number, occurrence: number): string {
  return occurrence === 1 ? `cited-${number}` : `cited-${number}-${occurrence}`;
}
