/** @jsxImportSource react */
import type { ReactNode } from 'react';

/** An icon of one stroke, drawn on Sanity's grid of 25 so that it stands among its own. */
export function sign(path: string): () => ReactNode {
  return function Sign() {
    return <Stroke path={path} />;
  };
}

/** One stroke on that grid, as wide as a letter of the text around it. */
export function Stroke({ path }: { readonly path: string }): ReactNode {
  return (
    <svg
      aria-hidden
      fill="none"
      height="1em"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={1.2}
      viewBox="0 0 25 25"
      width="1em"
    >
      <path d={path} />
    </svg>
  );
}
