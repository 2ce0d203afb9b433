import { type RefObject, useEffect, useRef } from 'react';

/**
 * A place in a dialog whose first field or button gets the focus when the dialog opens: an editor
 * begins to write at once, and a screen reader begins where the decision is.
 */
export function useFirstFocus<Place extends HTMLElement>(): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    // The dialog takes the focus itself as it opens; this comes after it.
    const frame = requestAnimationFrame(() => {
      place.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return place;
}
