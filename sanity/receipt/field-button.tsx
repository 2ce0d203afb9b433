/** @jsxImportSource react */
import { Button } from '@sanity/ui';
import { usePaneRouter } from 'sanity/structure';

/** From a tab beside the form to a field of it. */
export function FieldButton({
  field,
  path,
}: {
  /** As the form calls it. */
  readonly field: string;
  readonly path: string;
}) {
  const { params, setParams } = usePaneRouter();
  const toField = () => {
    const { view: _, ...others } = params ?? {};
    setParams({ ...others, path });
  };
  return (
    <Button
      aria-label={`Go to the field ${field}`}
      fontSize={1}
      mode="ghost"
      onClick={toField}
      padding={3}
      text="Go to the field"
    />
  );
}
