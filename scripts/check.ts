import { guards, unitTests } from './guards.ts';
import { runParts } from './parts.ts';

// `npm run check`: what to run before every commit. Under two minutes.
process.exitCode = await runParts([guards, unitTests]);
