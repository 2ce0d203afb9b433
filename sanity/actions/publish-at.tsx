/** @jsxImportSource react */
import { Card, Flex, Stack, Text, TextInput } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useEffect, useId, useState } from 'react';
import {
  type DocumentActionComponent,
  type DocumentActionProps,
  useDocumentOperation,
  useValidationStatus,
} from 'sanity';
import { instantFrom } from '../../src/briefing/calendar.ts';
import type { Instant } from '../../src/briefing/model.ts';
import { duration, momentAt } from '../receipt/moments.ts';
import { usePublication } from '../receipt/use-publication.ts';
import { DialogForm } from './dialog-form.tsx';
import { ClockIcon } from './icons.tsx';
import { Labelled } from './labelled.tsx';
import { momentOf, proposedMoment, readMoment, type TypedMoment } from './publication-instant.ts';

/**
 * Publish at an instant to come: it is published now under an embargo, and the site shows nothing of
 * it before. For a first publication only.
 */
export const PublishAtAction: DocumentActionComponent = (props) => {
  const { id, type, draft, published } = props;
  const { patch, publish } = useDocumentOperation(id, type);
  const publication = usePublication();
  // What Publish would publish: the draft where there is one.
  const validated = draft === null ? id : draft._id;
  const { validation } = useValidationStatus(validated, type, true);
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState<Instant | null>(null);
  const close = () => setOpen(false);

  // First the draft says when; only then is it published, with that.
  const isSet = wanted !== null && draft?.['publishAt'] === wanted;
  const mayPublish = publish.disabled === false;
  useEffect(() => {
    if (!isSet || !mayPublish) return;
    publish.execute();
    setWanted(null);
    const zone = typeof publication === 'string' ? 'UTC' : publication.timeZone;
    toast.push({
      status: 'success',
      title: `It will be published ${momentAt(wanted, zone)}`,
      description: 'By itself, whether anybody is here or not.',
    });
    // The operations are new objects at each rendering.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isSet, mayPublish]);

  const why = whyNot(props, validation.filter(({ level }) => level === 'error').length);
  return {
    label: wanted === null ? 'Publish at…' : 'Scheduling…',
    icon: ClockIcon,
    disabled: why !== null || wanted !== null || typeof publication === 'string',
    ...(why === null ? {} : { title: why }),
    onHandle: () => setOpen(true),
    dialog: isOpen &&
      typeof publication !== 'string' && {
        type: 'dialog',
        header: 'Publish at',
        width: 'medium',
        onClose: close,
        content: (
          <PublishAt
            before={instantIn((draft ?? published)?.['publishAt'])}
            onClose={close}
            onConfirm={async (instant) => {
              setWanted(instant);
              if (draft?.['publishAt'] !== instant)
                patch.execute([{ set: { publishAt: instant } }]);
            }}
            timeZone={publication.timeZone}
          />
        ),
      },
  };
};

function whyNot({ draft, published }: DocumentActionProps, errors: number): string | null {
  const publishAt = published?.['publishAt'];
  const isWaiting = typeof publishAt === 'string' && Date.parse(publishAt) > Date.now();
  if (published !== null && !isWaiting) {
    return 'It has been published already; only a first publication can wait for its hour.';
  }
  if (draft === null && published === null) return 'There is nothing to publish yet.';
  if (errors > 0) {
    return errors === 1
      ? 'One field must be mended first; the form marks it.'
      : `${errors} fields must be mended first; the form marks them.`;
  }
  return null;
}

function PublishAt({
  before,
  timeZone,
  onConfirm,
  onClose,
}: {
  readonly before: Instant | null;
  readonly timeZone: string;
  readonly onConfirm: (instant: Instant) => Promise<void>;
  readonly onClose: () => void;
}) {
  const id = useId();
  const now = useNow();
  const [typed, setTyped] = useState<TypedMoment>(() =>
    before !== null && before > now ? momentOf(before, timeZone) : proposedMoment(now, timeZone),
  );
  const read = readMoment(typed, { timeZone, now });
  return (
    <DialogForm
      confirm="Schedule"
      isReady={read.ok}
      onClose={onClose}
      onConfirm={async () => {
        if (read.ok) await onConfirm(read.instant);
      }}
    >
      <Stack gap={4}>
        <Text size={1}>
          It is handed over now, and shown to readers from then on. Until then nothing of it is on
          the site. You may go on editing and publish again; the hour stays.
        </Text>
        <Flex gap={3}>
          <Labelled id={`${id}-date`} label="Day">
            <TextInput
              fontSize={1}
              id={`${id}-date`}
              min={momentOf(now, timeZone).date}
              onChange={(event) => setTyped({ ...typed, date: event.currentTarget.value })}
              padding={3}
              type="date"
              value={typed.date}
            />
          </Labelled>
          <Labelled id={`${id}-time`} label={`Time in ${timeZone.replaceAll('_', ' ')}`}>
            <TextInput
              fontSize={1}
              id={`${id}-time`}
              onChange={(event) => setTyped({ ...typed, time: event.currentTarget.value })}
              padding={3}
              type="time"
              value={typed.time}
            />
          </Labelled>
        </Flex>
        <Card
          aria-live="polite"
          border
          padding={3}
          radius={2}
          tone={read.ok ? 'transparent' : 'caution'}
        >
          <Stack gap={3}>
            {read.ok ? (
              <>
                <Text size={1} weight="medium">
                  {momentAt(read.instant, timeZone)} where the publication is
                </Text>
                <Text muted size={1}>
                  {momentAt(read.instant, 'UTC')} UTC, in{' '}
                  {duration((Date.parse(read.instant) - Date.parse(now)) / 1_000)}
                </Text>
                {read.note !== null && <Text size={1}>{read.note}</Text>}
              </>
            ) : (
              <Text size={1}>{read.reason}</Text>
            )}
          </Stack>
        </Card>
      </Stack>
    </DialogForm>
  );
}

function instantIn(value: unknown): Instant | null {
  return typeof value === 'string' ? instantFrom(value) : null;
}

/** The present, so that an hour which passes while the dialog is open is refused too. */
function useNow(): Instant {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
