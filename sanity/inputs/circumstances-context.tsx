/** @jsxImportSource react */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Circumstances, circumstancesOf, personIdOf } from './circumstances.ts';
import { useLakeDocument } from './use-lake-document.ts';

const Context = createContext<Circumstances | null>(null);

/** The circumstances of the briefing whose form this is; null in the form of anything else. */
export function useCircumstances(): Circumstances | null {
  return useContext(Context);
}

/** Follows the person and the settings once for all inputs of a form. */
export function ProvideCircumstances({
  briefing,
  children,
}: {
  readonly briefing: unknown;
  readonly children: ReactNode;
}): ReactNode {
  const person = useLakeDocument(personIdOf(briefing));
  const settings = useLakeDocument('siteSettings');
  const circumstances = useMemo(
    () => circumstancesOf({ briefing, person, settings }),
    [briefing, person, settings],
  );
  return <Context.Provider value={circumstances}>{children}</Context.Provider>;
}
