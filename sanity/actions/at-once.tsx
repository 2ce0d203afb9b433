/** @jsxImportSource react */
import { Card, Text } from '@sanity/ui';

/** These actions do not wait for Publish, and take nothing unfinished along. */
export function AtOnce({ what, hasDraft }: { readonly what: string; readonly hasDraft: boolean }) {
  return (
    <Card border padding={3} radius={2} tone="transparent">
      <Text muted size={1}>
        {what} is published at once.
        {hasDraft && ' Your other changes stay a draft until you press Publish.'}
      </Text>
    </Card>
  );
}
