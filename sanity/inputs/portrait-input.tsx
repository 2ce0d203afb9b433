/** @jsxImportSource react */
import { createImageUrlBuilder } from '@sanity/image-url';
import { Badge, Box, Button, Card, Flex, Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import { type ObjectInputProps, stringToPath, useClient } from 'sanity';
import type { Problem } from '../../src/briefing/model.ts';
import { type Crop, portraitLook } from './portrait-look.ts';

/** A picture with its crops as they are published, its words and its rights. */
export function PortraitInput(props: ObjectInputProps): ReactNode {
  const client = useClient({ apiVersion: '2025-02-19' });
  const look = portraitLook(props.value);
  const addressOf = (assetId: string): string =>
    createImageUrlBuilder(client).image(assetId).url().split('?', 1)[0] ?? '';
  return (
    <Stack gap={4}>
      {look.crop !== null && (
        <Crops
          address={addressOf(look.crop.assetId)}
          crop={look.crop}
          description={look.description}
        />
      )}
      {look.isBegun && <State onChoose={props.onPathFocus} problems={look.problems} />}
      {props.renderDefault(props)}
    </Stack>
  );
}

function Crops({
  address,
  crop,
  description,
}: {
  readonly address: string;
  readonly crop: Crop;
  readonly description: string;
}) {
  const { frame } = crop;
  return (
    <Card border data-testid="crops" padding={4} radius={2}>
      <Flex align="flex-start" gap={5} wrap="wrap">
        <Stack gap={3}>
          <div style={{ width: 192 }}>
            <img
              alt={description}
              src={`${address}?${crop.wide.query}`}
              style={{ aspectRatio: '4 / 5', display: 'block', objectFit: 'cover', width: '100%' }}
            />
          </div>
          <Text muted size={1}>
            On the page, 4:5
          </Text>
        </Stack>
        <Stack gap={3}>
          <div style={{ width: 80 }}>
            <img
              alt=""
              src={`${address}?${crop.narrow.query}`}
              style={{ aspectRatio: '4 / 5', display: 'block', objectFit: 'cover', width: '100%' }}
            />
          </div>
          <Text muted size={1}>
            Small
          </Text>
        </Stack>
        <Stack gap={3} style={{ flex: '1 1 160px', maxWidth: 280 }}>
          <div style={{ lineHeight: 0, overflow: 'hidden', position: 'relative' }}>
            <img alt="" src={`${address}?w=560`} style={{ display: 'block', width: '100%' }} />
            <div
              style={{
                boxShadow: '0 0 0 2px #fff, 0 0 0 9999px rgb(0 0 0 / 0.55)',
                height: `${frame.height}%`,
                left: `${frame.left}%`,
                position: 'absolute',
                top: `${frame.top}%`,
                width: `${frame.width}%`,
              }}
            />
          </div>
          <Text muted size={1}>
            What is kept. Set hotspot and crop on the image to move it.
          </Text>
        </Stack>
      </Flex>
      {crop.isSmall && (
        <Box paddingTop={4}>
          <Text muted size={1}>
            The kept part is {crop.width} pixels wide; from 640 on it is sharp everywhere.
          </Text>
        </Box>
      )}
    </Card>
  );
}

function State({
  problems,
  onChoose,
}: {
  readonly problems: readonly Problem[];
  readonly onChoose: ObjectInputProps['onPathFocus'];
}) {
  if (problems.length === 0) {
    return (
      <Flex align="center" gap={2}>
        <Badge tone="positive">Complete</Badge>
        <Text muted size={1}>
          Picture, words and rights are all there.
        </Text>
      </Flex>
    );
  }
  return (
    <Card border padding={2} radius={2} tone="caution">
      <Stack as="ul" gap={1} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {problems.map(({ code, path, message, fix, severity }) => (
          <li key={`${code} ${path}`}>
            <Button
              mode="bleed"
              onClick={() => {
                onChoose(stringToPath(path));
              }}
              padding={2}
              style={{ textAlign: 'left', width: '100%' }}
              type="button"
            >
              <Stack gap={2}>
                <Text size={1} style={{ whiteSpace: 'normal' }} weight="medium">
                  {message}
                </Text>
                <Text muted size={1} style={{ whiteSpace: 'normal' }}>
                  {severity === 'error' ? `Needed to publish. ${fix}` : fix}
                </Text>
              </Stack>
            </Button>
          </li>
        ))}
      </Stack>
    </Card>
  );
}
