#!/usr/bin/env node
// The launcher is committed; what it runs is the bundle that `npm run prepare` makes from cli/main.ts.
import '../dist/cli/main.mjs';
