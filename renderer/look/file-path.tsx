import { Fragment } from 'react';

/** A path that may break after each separator, and so never makes a page wider. */
export function FilePath({ path }: { path: string }) {
  const parts = path.split(/(?<=[/\\])/);
  return (
    <code className="path">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path have no other identity
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
