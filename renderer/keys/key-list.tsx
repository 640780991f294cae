import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { KeyCard } from './key-card.tsx';

/** Up to so many keys are all there at once; of more, only those that can be seen. */
const MOST_AT_ONCE = 50;
/** Height of a card before it was measured, by the least width of the window from which it is so low; in pixels. */
const USUAL_HEIGHTS = [
  [1_088, 76],
  [480, 110],
  [0, 215],
] as const;
/** Cards that are there beyond the edges of the window, so that the next one can take the focus. */
const BEYOND_EDGE = 8;

export function KeyList({ credentials }: { credentials: readonly CredentialView[] }) {
  const { t } = useTranslation();
  if (credentials.length > MOST_AT_ONCE) return <LongKeyList credentials={credentials} />;
  return (
    <ul className="keys panel" aria-label={t('keys.list')}>
      {credentials.map((credential) => (
        <li key={credential.id} className="key">
          <KeyCard credential={credential} />
        </li>
      ))}
    </ul>
  );
}

function LongKeyList({ credentials }: { credentials: readonly CredentialView[] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above the list can change at any time.
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0));
  const virtualizer = useWindowVirtualizer({
    count: credentials.length,
    estimateSize: () => USUAL_HEIGHTS.find(([width]) => innerWidth >= width)?.[1] ?? 0,
    getItemKey: (index) => credentials[index]?.id ?? index,
    overscan: BEYOND_EDGE,
    scrollMargin: top,
  });
  return (
    <ul
      ref={list}
      className="keys keys-long panel"
      aria-label={t('keys.list')}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const credential = credentials[index];
        return (
          credential && (
            <li
              key={credential.id}
              ref={virtualizer.measureElement}
              data-index={index}
              className="key"
              aria-setsize={credentials.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - top}px)` }}
            >
              <KeyCard credential={credential} />
            </li>
          )
        );
      })}
    </ul>
  );
}
