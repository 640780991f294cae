import { rename } from 'node:fs/promises';
import type { ErrorView } from '../errors.ts';

/** A file of ours that could not be used and was moved out of the way, for the person to look at. */
export interface SetAside {
  readonly from: string;
  readonly to: string;
  readonly view: ErrorView;
}

/** Moves a file that can't be used aside; nothing is ever written over it. */
export async function setAside(path: string, now: Date = new Date()): Promise<SetAside> {
  const to = `${path}.unreadable-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(path, to);
  return {
    from: path,
    to,
    view: {
      code: 'file-set-aside',
      message: `Rekey could not read its file ${path} and moved it to ${to}. Nothing in it was changed or deleted.`,
      wayOut: 'If Rekey was updated backwards, install the newer version again and move the file back.',
    },
  };
}
