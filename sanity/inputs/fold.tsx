/** @jsxImportSource react */
import { Button, Flex, Text } from '@sanity/ui';
import type { ReactNode } from 'react';

/** The line that opens and folds what is below it, by mouse and by keyboard. */
export function Fold({
  isOpen,
  controls,
  title,
  onFold,
  children,
}: {
  readonly isOpen: boolean;
  /** The id of what is opened. */
  readonly controls: string;
  readonly title: string;
  readonly onFold: (isOpen: boolean) => void;
  /** What stands behind the title. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Button
      aria-controls={controls}
      aria-expanded={isOpen}
      mode="bleed"
      onClick={() => {
        onFold(!isOpen);
      }}
      padding={3}
      style={{ width: '100%' }}
      type="button"
    >
      <Flex align="center" gap={3}>
        <Text size={1}>
          <Chevron isOpen={isOpen} />
        </Text>
        <Text size={1} weight="medium">
          {title}
        </Text>
        {children}
      </Flex>
    </Button>
  );
}

function Chevron({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <svg aria-hidden fill="none" height="1em" stroke="currentColor" viewBox="0 0 25 25" width="1em">
      <path d={isOpen ? 'M7 10l5.5 5.5L18 10' : 'M10 7l5.5 5.5L10 18'} strokeWidth={1.6} />
    </svg>
  );
}
