/** @jsxImportSource react */
import type { UserComponent } from 'sanity/structure';
import { CreateButton } from './create-button.tsx';
import { EmptyList } from './empty-list.tsx';
import { newBriefing } from './listing.ts';

/** An archive before its first briefing. */
export const NoMonths: UserComponent = () => (
  <EmptyList
    advice="The date of a briefing decides in which month it stands. Write the first."
    title="No briefing has a date yet"
  >
    <CreateButton creation={newBriefing} mode="default" />
  </EmptyList>
);
