import { sign } from './sign.tsx';

/** The signs of the desk's lists, drawn on Sanity's grid of 25. */

export const TodayIcon = sign('M5.5 6.5h14v13h-14z M5.5 10.5h14 M9 4.5v4 M16 4.5v4 M12.5 14v2.5');
export const DraftsIcon = sign('M5.5 19.5l1-4L16 6l3 3-9.5 9.5z M14 8l3 3');
export const ScheduledIcon = sign('M12.5 21a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M12.5 8v5l3 2');
export const LiveIcon = sign(
  'M12.5 14a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z M8.6 16.4a5.5 5.5 0 0 1 0-7.8 M16.4 8.6a5.5 5.5 0 0 1 0 7.8 M5.8 19.2a9.5 9.5 0 0 1 0-13.4 M19.2 5.8a9.5 9.5 0 0 1 0 13.4',
);
export const AttentionIcon = sign('M12.5 4.5l8.5 15.5H4z M12.5 10v5 M12.5 17.3v.1');
export const MonthIcon = sign('M5.5 6.5h14v13h-14z M5.5 10.5h14 M9 4.5v4 M16 4.5v4');
