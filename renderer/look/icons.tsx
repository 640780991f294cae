import type { ReactNode } from 'react';

const SHAPES = {
  key: (
    <>
      <circle cx="5.5" cy="8" r="3" />
      <path d="M8.5 8H14v2.5M11.5 8v2" />
    </>
  ),
  hosts: (
    <>
      <rect x="2" y="2.5" width="12" height="4.5" rx="1" />
      <rect x="2" y="9" width="12" height="4.5" rx="1" />
      <path d="M4.5 4.75h.01M4.5 11.25h.01" />
    </>
  ),
  activity: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.5" />
    </>
  ),
  settings: (
    <>
      <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
      <circle cx="10" cy="4.5" r="2" />
      <circle cx="6" cy="11.5" r="2" />
    </>
  ),
  folder: <path d="M1.8 12.8V3.4h4.4l1.6 1.9h6.4v7.5z" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  warning: (
    <>
      <path d="M8 2.2 14.5 13.5h-13z" />
      <path d="M8 6.5v3M8 11.6h.01" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.5v3.2M8 5.2h.01" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.5" rx="1.2" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  turn: (
    <>
      <path d="M13.5 8A5.5 5.5 0 1 1 11.6 3.8" />
      <path d="M13.6 2v3h-3" />
    </>
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  circle: <circle cx="8" cy="8" r="4.5" />,
  minus: <path d="M4 8h8" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />,
  plus: <path d="M8 3v10M3 8h10" />,
  chevron: <path d="m4 6 4 4 4-4" />,
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  file: <path d="M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5" />,
  clock: (
    <>
      <circle cx="8" cy="8.5" r="5.2" />
      <path d="M8 5.5v3l2 1.2M6.5 1.5h3" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A picture beside words that say the same: screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
