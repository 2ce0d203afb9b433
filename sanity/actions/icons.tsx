import { sign } from '../structure/sign.tsx';

/** The signs of the actions, drawn on Sanity's grid of 25. */

export const RetractIcon = sign('M6.5 4.5h12v16h-12z M9 9l7 7 M16 9l-7 7');
export const CorrectIcon = sign('M5 20h15 M6 16l1-3.5 8.5-8.5 2.5 2.5L9.5 15z');
export const UnpublishIcon = sign('M5 5.5h15 M12.5 9v11 M8 15.5l4.5 4.5 4.5-4.5');
export const MergeIcon = sign('M6.5 5v4c0 3 6 4 6 7v4.5 M18.5 5v4c0 3-6 4-6 7 M9.5 17.5l3 3 3-3');
export const ClockIcon = sign('M12.5 21a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M12.5 8v5l3 2');
export const LinkIcon = sign(
  'M10.5 14.5l4-4 M11.5 8l2.5-2.5a3.9 3.9 0 0 1 5.5 5.5L17 13.5 M13.5 17L11 19.5A3.9 3.9 0 0 1 5.5 14L8 11.5',
);
export const NewIcon = sign('M6.5 4.5h12v16h-12z M12.5 9v7 M9 12.5h7');
