/** @jsxImportSource react */
import { Box, Card } from '@sanity/ui';
import { useEffect, useRef, useState } from 'react';

/**
 * A page in a frame of its own: no script, no form, no access; links open beside. As wide as a reader's
 * window, and made smaller when the pane is narrower.
 */
export function PageFrame({
  html,
  width,
  title,
  isStale,
}: {
  readonly html: string;
  readonly width: number;
  readonly title: string;
  /** It shows an older text: dimmed. */
  readonly isStale: boolean;
}) {
  const box = useRef<HTMLDivElement | null>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      setRoom({ width: current.clientWidth, height: current.clientHeight });
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const scale = room.width === 0 ? 1 : Math.min(1, room.width / width);
  return (
    <Box flex={1} overflow="hidden" padding={3} style={{ minHeight: 0 }}>
      <div ref={box} style={{ height: '100%', overflow: 'hidden', position: 'relative' }}>
        {room.width > 0 && (
          <Card
            border
            overflow="hidden"
            radius={2}
            shadow={1}
            style={{
              height: room.height / scale,
              left: Math.max(0, (room.width - width * scale) / 2),
              opacity: isStale ? 0.45 : 1,
              position: 'absolute',
              transform: `scale(${scale})`,
              transformOrigin: '0 0',
              width,
            }}
          >
            <SteadyFrame html={html} title={title} />
          </Card>
        )}
      </div>
    </Box>
  );
}

/** Typing changes the page, and the place where an editor reads it stays. */
function SteadyFrame({ html, title }: { readonly html: string; readonly title: string }) {
  const frame = useRef<HTMLIFrameElement | null>(null);
  const [first] = useState(html);
  const shown = useRef(html);
  const write = (): void => {
    const document = frame.current?.contentDocument;
    if (document == null || shown.current === html) return;
    const { scrollTop } = document.documentElement;
    const next = new DOMParser().parseFromString(html, 'text/html');
    document.replaceChild(document.adoptNode(next.documentElement), document.documentElement);
    document.documentElement.scrollTop = scrollTop;
    shown.current = html;
  };
  useEffect(write);
  return (
    <iframe
      onLoad={write}
      ref={frame}
      // The Studio may write into it, and still nothing in it can run.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={first}
      style={{ border: 0, display: 'block', height: '100%', width: '100%' }}
      title={title}
    />
  );
}
