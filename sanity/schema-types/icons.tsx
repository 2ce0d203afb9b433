import { sign } from '../structure/sign.tsx';

/** The signs of the types, drawn on Sanity's grid of 25 so that they stand among its own. */

export const BriefingIcon = sign(
  'M6.5 4.5h12v16h-12z M9.5 8.5h6 M9.5 11.5h6 M9.5 14.5h6 M9.5 17.5h3',
);
export const PersonIcon = sign(
  'M12.5 12.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5z M5.5 20c.6-3.4 3.4-5 7-5s6.4 1.6 7 5z',
);
export const CountryIcon = sign('M6.5 21V4.5 M6.5 5.5h11l-2.5 4 2.5 4h-11');
export const TeamIcon = sign(
  'M9 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6z M3.5 19c.4-2.9 2.6-4.5 5.5-4.5s5.1 1.6 5.5 4.5z M15.5 6.2a3 3 0 0 1 0 5.6 M17.5 14.9c2.3.5 3.7 1.9 4 4.1h-4',
);
export const AuthorIcon = sign('M5 20l1-4.5L16.5 5 20 8.5 9.5 19z M14 7.5l3.5 3.5');
export const TopicIcon = sign('M4.5 12.5v-8h8l8 8-8 8z M8.5 8.5h.01');
export const RedirectIcon = sign('M5 18.5v-5a4 4 0 0 1 4-4h10.5 M15.5 5.5l4 4-4 4');
export const SettingsIcon = sign(
  'M4.5 8h8.5 M17 8h3.5 M15 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M4.5 17h3.5 M12 17h8.5 M10 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
);
export const SourceIcon = sign(
  'M7 15.5h4v-6H6v4c0 2-.5 3-1.5 4 M16.5 15.5h3v-6h-5v4c0 2-.5 3-1.5 4',
);
export const LanguageIcon = sign(
  'M12.5 20.5a8 8 0 1 0 0-16 8 8 0 0 0 0 16z M4.5 12.5h16 M12.5 4.5c-4.5 4.5-4.5 11.5 0 16 M12.5 4.5c4.5 4.5 4.5 11.5 0 16',
);
export const PictureIcon = sign(
  'M4.5 5.5h16v14h-16z M4.5 16l5-5 5 5 2.5-2.5 3.5 3.5 M15.5 9.5h.01',
);
export const CorrectionIcon = sign('M5 20h15 M5.5 12.5l4 4L19.5 6.5');
