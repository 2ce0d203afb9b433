import type { Publisher } from '../src/publishing/publisher.ts';

/** What stands in the way of every command that publishes, and what to do about it. */
export const onHold = (reason?: string): string =>
  `Publishing is on hold${reason === undefined ? '' : ` (${reason})`}: run "pressrun resume" first, which publishes what came meanwhile.`;

export const otherDeployment = ({ stage }: Publisher, epoch?: number): string =>
  `The stage is at ${epoch === undefined ? 'another deployment' : `deployment ${epoch}`}, and this command line is of ${stage.epoch}: use the code that is deployed.`;
