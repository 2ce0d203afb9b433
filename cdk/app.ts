import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { checked } from './checked.ts';
import { stageNames, stages } from './charter/stages.ts';
import { PressrunStack } from './stack.ts';

// `npx cdk synth --strict --quiet`: every stage, from the bundles that tests and the local stack run.
const app = new App();
const bundles = join(import.meta.dirname, '..', 'dist', 'lambdas');
for (const name of stageNames) new PressrunStack(app, { stage: stages[name], bundles });
checked(app);
app.synth();
