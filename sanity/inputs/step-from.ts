/**
 * The step a key leads to: arrows go on and back, a digit goes there (a second 1 and 0 are ten),
 * Delete clears. `undefined` when the key is none of this group's; `null` for no step.
 */
export function stepFrom({
  key,
  current,
}: {
  readonly key: string;
  readonly current: number | null;
}): number | null | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return current === null ? 0 : Math.min(10, current + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return current === null ? 10 : Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return 10;
    case 'Delete':
    case 'Backspace':
      return null;
    case '0':
      // “1” and “0” typed one after the other are ten.
      return current === 1 ? 10 : 0;
    default:
      return /^[1-9]$/.test(key) ? Number(key) : undefined;
  }
}
