import { duration, momentAt } from './moments.ts';
import {
  type Followers,
  followersOf,
  type Progress,
  secondsToCommit,
  secondsToEdge,
  type Stage,
} from './progress.ts';

/** What an editor is told of a publish, in the order of how long they have to read. */
export interface Words {
  /** For the badge: two or three words. */
  readonly label: string;
  readonly tone: 'primary' | 'positive' | 'caution' | 'critical' | 'default';
  /** One sentence. */
  readonly headline: string;
  /** What it means and what to do, when that needs saying. */
  readonly explanation: string | null;
  /** Whether looking again may help. */
  readonly mayTryAgain: boolean;
}

/** What a publish is told with, beside where it stands. */
export interface Telling {
  readonly timeZone: string;
  /** The title of the field that stops it, when one does; null for a problem of the whole document. */
  readonly field: string | null;
  /** What the document goes on as is called; null while that is not known, and for what was not merged. */
  readonly survivor: string | null;
}

export function wordsOf(progress: Progress, telling: Telling): Words {
  const told = { ...plain, ...stageWords(progress, progress.stage, telling) };
  return { ...told, ...siteWords(progress, told, telling) };
}

const plain = { tone: 'default', explanation: null, mayTryAgain: false } as const;

type Told = Pick<Words, 'label' | 'headline'> & Partial<Words>;

function stageWords(
  progress: Progress,
  stage: Stage,
  { timeZone, field, survivor }: Telling,
): Told {
  switch (stage.kind) {
    case 'looking':
      return { label: 'Checking…', headline: 'Asking the site about this document.' };
    case 'publishing':
      return stage.late
        ? {
            label: 'Publishing takes long',
            tone: 'caution',
            headline: 'There is no receipt for this revision yet.',
            explanation:
              'Publishing usually takes seconds. The message that something was published may have been lost, or whoever runs the site has stopped publishing for a while. You need not do anything: within 15 minutes the site compares itself with the Studio and publishes what it has missed. If it is still missing then, tell whoever runs the site.',
            mayTryAgain: true,
          }
        : {
            label: 'Publishing…',
            tone: 'primary',
            headline: 'On its way to the site.',
          };
    case 'committed':
      return committedWords(stage);
    case 'seen': {
      const followers = followersOf(progress);
      const seconds = secondsToEdge(progress) ?? secondsToCommit(progress.subject, stage.receipt);
      const watched = secondsToEdge(progress) !== null && seconds !== null;
      return {
        label: watched ? `Live · ${duration(seconds)}` : 'Live',
        tone: stage.receipt.problems.length > 0 ? 'caution' : 'positive',
        headline: watched
          ? `Readers got it ${duration(seconds)} after you published.`
          : 'Readers get this revision.',
        explanation:
          stage.receipt.problems.length > 0
            ? 'It is live, and something that it shows needs mending:'
            : followers === null
              ? null
              : followerWords(followers).headline,
      };
    }
    case 'closed':
      return closedWords(stage);
    case 'used': {
      const followers = followersOf(progress);
      if (followers !== null && stage.receipt.problems.length === 0)
        return followerWords(followers);
      return {
        label: stage.receipt.problems.length > 0 ? 'Live, with a problem' : 'Live',
        tone: stage.receipt.problems.length > 0 ? 'caution' : 'positive',
        headline: 'Published: the pages that show it have it.',
        explanation:
          'It has no page of its own at the moment. A person has one while a live briefing is about them.',
      };
    }
    case 'merged':
      return mergedWords(progress, stage, survivor);
    case 'embargoed':
      return stage.until === null
        ? { label: 'Under embargo', headline: 'Nothing of it is on the site yet.' }
        : {
            label: `Embargo until ${momentAt(stage.until, timeZone)}`,
            headline: `Nothing of it is on the site until ${momentAt(stage.until, timeZone)}.`,
            explanation:
              'It is published then by itself, within about a minute, whether anybody is here or not.',
          };
    case 'expired':
      return {
        label: 'Expired',
        headline: 'It was taken down at the instant that “Unpublish at” says.',
        explanation: 'Clear that field or choose a later instant, and publish, to bring it back.',
      };
    case 'quarantined':
      return {
        label: field === null ? 'Not live' : `Not live: ${field}`,
        tone: 'critical',
        headline: 'This revision was not put on the site.',
        explanation: `${whatStands(stage.stands)} Mend this, and publish again:`,
      };
    case 'withdrawn':
      return {
        label: 'Not live',
        tone: 'caution',
        headline: 'The site has taken this document down.',
        explanation:
          'It may have been withheld by whoever runs the site. Publish it again to bring it back; if it stays away, ask them.',
        mayTryAgain: true,
      };
    case 'unkept':
      return unkeptWords(stage);
    case 'removing':
      return stage.late
        ? {
            label: 'Taking down takes long',
            tone: 'caution',
            headline: 'Readers still get it.',
            explanation:
              'Taking down usually takes seconds, and at most a minute and a half. When many documents are taken down at once, the site waits for whoever runs it to confirm. Otherwise it compares itself with the Studio within 15 minutes and does what it has missed.',
            mayTryAgain: true,
          }
        : { label: 'Taking down…', tone: 'primary', headline: 'On its way off the site.' };
    case 'gone':
      return goneWords(stage, timeZone);
    case 'never':
      return { label: '', headline: 'This document has not been published yet.' };
    case 'unreachable':
      return {
        label: 'Site out of reach',
        tone: 'caution',
        headline: 'The site could not be asked.',
        explanation:
          'That says nothing about your work: it is kept in the Studio, and what is published is on its way. Check your connection. We ask again by ourselves, less and less often.',
        mayTryAgain: true,
      };
  }
}

/** Who waits is told what the site is doing meanwhile, and that it does nothing while it is on hold. */
function siteWords(
  { site, stage }: Progress,
  { explanation }: Words,
  { timeZone }: Telling,
): Partial<Words> {
  if (site === null) return {};
  const after = (sentences: string): Partial<Words> => ({
    explanation: explanation === null ? sentences : `${explanation} ${sentences}`,
  });
  switch (stage.kind) {
    case 'publishing':
    case 'removing':
      if (site.heldSince !== null) {
        return {
          label: 'On hold',
          tone: 'caution',
          headline: `Publishing is on hold since ${momentAt(site.heldSince, timeZone)}.`,
          explanation:
            'Your work is safe in the Studio, and reaches the site by itself when whoever runs it ends the hold. Ask them if it cannot wait.',
          mayTryAgain: true,
        };
      }
      return site.redraw === null ? {} : after(`${redrawn(site.redraw)} Edits go first.`);
    case 'embargoed':
      return site.heldSince === null
        ? {}
        : after(
            `Publishing is on hold since ${momentAt(site.heldSince, timeZone)}: it waits until that is over.`,
          );
    default:
      return {};
  }
}

function redrawn({ done, total }: { readonly done: number; readonly total: number }): string {
  return `The site is being redrawn: ${grouped(done)} of ${grouped(total)}.`;
}

/** Its own publish is done; these pages show it as well. */
function followerWords(followers: Followers): Told {
  switch (followers.kind) {
    case 'every-page':
      return {
        label: 'Being redrawn',
        tone: 'primary',
        headline: redrawn(followers),
        explanation:
          'The front page and the feeds have it already. All other pages follow, newest first; nobody needs to wait here.',
      };
    case 'some-pages':
      return {
        label: 'Live, pages follow',
        tone: 'primary',
        headline: `Published. Pages that show it are being drawn again: ${grouped(followers.left)} on the whole site are still to follow.`,
      };
  }
}

/** `10,000` */
function grouped(count: number): string {
  const digits = String(count);
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) {
    parts.unshift(digits.slice(Math.max(0, end - 3), end));
  }
  return parts.join(',');
}

function whatStands(stands: boolean | null): string {
  if (stands === null) {
    return 'Wherever it is shown, readers go on seeing its last version that was in order, if there is one.';
  }
  return stands
    ? 'Readers go on seeing the last version that was in order.'
    : 'Readers see nothing of this document.';
}

function committedWords(stage: Stage & { readonly kind: 'committed' }): Told {
  if (stage.served?.kind === 'altered') {
    return {
      label: 'Not as published',
      tone: 'critical',
      headline: 'What readers get is not what was published.',
      explanation:
        'The page carries this release’s number, but other bytes than the release wrote. Tell whoever runs the site: something between the site and its readers changes pages.',
      mayTryAgain: true,
    };
  }
  if (stage.late) {
    return {
      label: 'Readers see it late',
      tone: 'caution',
      headline: 'It is on the site, but readers still get an earlier page.',
      explanation:
        'Copies near readers are renewed within a minute and a half. Tell whoever runs the site if this lasts.',
      mayTryAgain: true,
    };
  }
  return {
    label: 'Publishing…',
    tone: 'primary',
    headline: 'It is on the site. Waiting until readers get it.',
    explanation:
      stage.served?.kind === 'earlier' || stage.served?.kind === 'none'
        ? 'Copies near readers are being renewed; that takes a minute and a half at most.'
        : null,
  };
}

function closedWords({ receipt }: Stage & { readonly kind: 'closed' }): Told {
  if (receipt === null) {
    return {
      label: 'Closed site',
      headline: 'This site asks readers for a password, so nothing can be seen of it from here.',
      explanation: 'Open the page yourself; whoever runs the site has the password.',
    };
  }
  const hasProblems = receipt.problems.length > 0;
  return {
    label: hasProblems ? 'On the site, with a problem' : 'On the site',
    tone: hasProblems ? 'caution' : 'positive',
    headline: 'It is on the site, which asks readers for a password.',
    explanation: hasProblems
      ? 'Something that it shows needs mending:'
      : 'What readers get cannot be seen from here. Copies near them are renewed within a minute and a half.',
  };
}

function unkeptWords({ answer }: Stage & { readonly kind: 'unkept' }): Told {
  const old = 'It was published more than six days ago; receipts are not kept for longer.';
  if (answer === null) return { label: 'Published', headline: old };
  return answer.kind === 'there'
    ? { label: 'Live', tone: 'positive', headline: 'It is on the site.', explanation: old }
    : {
        label: 'Not on the site',
        tone: 'default',
        headline: 'The site has no page for it.',
        explanation: `${old} A person without a live briefing has no page; neither has a briefing under embargo or past its end.`,
      };
}

function mergedWords(
  { subject }: Progress,
  { answer, late, receipt }: Stage & { readonly kind: 'merged' },
  survivor: string | null,
): Told {
  const other = survivor ?? 'the record it was merged into';
  const shown = `Whatever refers to this record shows ${other}.`;
  const told = {
    label: survivor === null ? 'Merged' : `Merged into ${survivor}`,
    tone: receipt !== null && receipt.problems.length > 0 ? 'caution' : 'positive',
  } as const;
  if (subject.contract === null) return { ...told, headline: shown };
  switch (answer?.kind) {
    case 'moved': {
      const from = subject.kind === 'revision' ? subject.page?.path : undefined;
      return {
        ...told,
        headline: `Readers of ${from ?? 'its page'} are led to ${other}.`,
        explanation: shown,
      };
    }
    case 'gone':
      return {
        ...told,
        headline: `Its page is gone, and ${other} has none to lead to.`,
        explanation:
          'A person has a page while a live briefing is about them. As soon as there is one, readers are led there.',
      };
    case 'never':
      return { ...told, headline: 'It never had a page that could lead on.', explanation: shown };
    case 'there':
    case undefined:
      return late
        ? {
            ...told,
            tone: 'caution',
            headline: 'Readers still find its own page.',
            explanation: `That is renewed within a minute and a half. If it lasts, look whether ${other} is published: without it, this record stays as it was.`,
            mayTryAgain: true,
          }
        : { ...told, tone: 'primary', headline: 'It is merged. Waiting until readers are led on.' };
  }
}

function goneWords({ answer }: Stage & { readonly kind: 'gone' }, timeZone: string): Told {
  if (answer.kind === 'moved') {
    return { label: 'Merged', headline: 'Readers are led to the document it was merged into.' };
  }
  const when = answer.at === null ? '' : ` since ${momentAt(answer.at, timeZone)}`;
  return {
    label: 'Taken down',
    headline: `It is off the site${when}.`,
    explanation:
      answer.movedTo === null
        ? 'Its address answers that the page is gone for good. Publish it to bring it back.'
        : `Its readers are led to ${answer.movedTo}. Publish it to bring it back.`,
  };
}
