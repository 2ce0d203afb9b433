/** The package comes without types that a bundler finds; these are the options used here. */
declare module 'speakingurl' {
  export default function speakingurl(
    text: string,
    options?: { readonly lang?: string; readonly symbols?: boolean },
  ): string;
}
