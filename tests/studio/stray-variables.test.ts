import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import command from '../../sanity/sanity.cli.ts';
import { refuseStrayVariables } from '../../sanity/stage/stray-variables.ts';

const variable = (name: string) => `process.env.${name}`;

describe('what a Studio is built with', () => {
  it('may be every variable that it reads, and those of Sanity’s own command', () => {
    const source = readFileSync(new URL('../../sanity/stage/deployed.ts', import.meta.url), 'utf8');
    const read = [...new Set(source.match(/SANITY_STUDIO_[A-Z_]+/g))];
    expect(read).not.toEqual([]);
    const names = [...read, 'SANITY_STUDIO_BASEPATH', 'NODE_ENV'].map(variable);
    expect(() => refuseStrayVariables([...names, '__SANITY_STAGING__'])).not.toThrow();
  });

  it('is no variable besides: each is named, with what to do', () => {
    const strays = ['SANITY_STUDIO_API_TOKEN', 'SANITY_STUDIO_DATASETS'].map(variable);
    expect(() => refuseStrayVariables([variable('SANITY_STUDIO_DATASET'), ...strays])).toThrow(
      'This Studio does not know SANITY_STUDIO_API_TOKEN, SANITY_STUDIO_DATASETS. ' +
        'Whatever begins with SANITY_STUDIO_ is written into its files, which everybody can read. ' +
        'Run `unset SANITY_STUDIO_API_TOKEN SANITY_STUDIO_DATASETS` and look into sanity/.env and ' +
        'its like, or name it otherwise. ' +
        'A secret that was in a Studio deployed before must be replaced.',
    );
  });

  it('is looked at by the build itself', async () => {
    const define = { [variable('SANITY_STUDIO_API_TOKEN')]: '"secret"' };
    const build = async () =>
      typeof command.vite === 'function'
        ? command.vite({ define }, { command: 'build', mode: 'production' })
        : command.vite;
    await expect(build()).rejects.toThrow('does not know SANITY_STUDIO_API_TOKEN');
  });
});
