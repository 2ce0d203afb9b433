/**
 * How Lambda's own runtime starts Node: the flags of its `/var/runtime/bootstrap`, by the memory of the
 * function. They are of the command line, so `NODE_OPTIONS` loses to them.
 *
 * This is the bootstrap that the images of `nodejs18.x` have in clear text
 * (public.ecr.aws/lambda/nodejs:18). That of `nodejs24.x`, as
 * https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je quotes it,
 * leaves both sizes away when `NODE_OPTIONS` names one of them, and counts three semi-spaces to a young
 * generation. Neither is documented; this is the harsher of the two, in memory and in what it ignores.
 */
export function bootstrapFlags({ memoryMb }: { readonly memoryMb: number }): readonly string[] {
  const newSpace = Math.floor(memoryMb / 10);
  return [
    '--expose-gc',
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memoryMb - newSpace}`,
  ];
}
