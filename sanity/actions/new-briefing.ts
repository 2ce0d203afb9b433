import type { DocumentActionComponent } from 'sanity';
import { useRouter } from 'sanity/router';
import { NewIcon } from './icons.tsx';

/** Begin a briefing about the person whose record is open. */
export const NewBriefingAction: DocumentActionComponent = ({ id, published }) => {
  const router = useRouter();
  const why =
    published === null
      ? 'Publish the person first: a briefing can only be about a published one.'
      : published['mergedInto'] === undefined
        ? null
        : 'This record was merged: begin at the one that is kept.';
  return {
    label: 'New briefing about this person',
    icon: NewIcon,
    disabled: why !== null,
    ...(why === null ? {} : { title: why }),
    onHandle: () =>
      router.navigateIntent('create', [
        { type: 'briefing', template: 'briefing-about-person' },
        { personId: id },
      ]),
  };
};
