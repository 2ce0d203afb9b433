/** @jsxImportSource react */
import { Button } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useState } from 'react';
import { stage } from '#stage';
import { previewFile, previewFileName } from '../preview/preview-file.ts';
import type { LakePicture } from '../preview/shown-page.ts';
import { instantInWords } from './page-notes.ts';

/** The page as one file, for somebody who has no account. */
export function DownloadPreview({
  html,
  path,
  pictures,
}: {
  readonly html: string;
  readonly path: string;
  readonly pictures: readonly LakePicture[];
}) {
  const toast = useToast();
  const [isMaking, setIsMaking] = useState(false);
  const download = async (): Promise<void> => {
    setIsMaking(true);
    try {
      const now = new Date().toISOString();
      const file = await previewFile(html, {
        siteUrl: stage.siteUrl,
        madeAt: instantInWords(now),
        pictures,
        load: dataAddress,
      });
      offer(file, previewFileName(now.slice(0, 10), path));
    } catch {
      toast.push({
        status: 'error',
        title: 'The preview could not be made',
        description: 'A picture could not be read from the content lake. Try again in a moment.',
      });
    } finally {
      setIsMaking(false);
    }
  };
  return (
    <Button
      disabled={isMaking}
      fontSize={1}
      mode="ghost"
      onClick={() => void download()}
      padding={2}
      text="Download preview as one HTML file"
    />
  );
}

function offer(html: string, name: string): void {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function dataAddress(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const type = response.headers.get('content-type') ?? 'image/jpeg';
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(binary)}`;
}
