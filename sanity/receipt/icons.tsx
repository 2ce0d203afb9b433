/** @jsxImportSource react */
import { Stroke } from '../structure/sign.tsx';

/** A step that is done, under way, to come or stopped, as a sign beside its words. */
export function StepSign({ state }: { readonly state: keyof typeof drawings }) {
  return <Stroke path={drawings[state]} />;
}

const circle = 'M12.5 21a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z';

const drawings = {
  done: `${circle} M8.5 12.8l3 3 5.2-6`,
  'under way': `${circle} M12.5 8v5l3 2`,
  'to come': circle,
  stopped: `${circle} M12.5 8v5.5 M12.5 16.8v.1`,
} as const;
