import { createHash } from 'node:crypto';
import type { Snapshot } from '../../main/configs/snapshot.ts';

/** A file as it would have been read, without one on disk. */
export function snapshotOf(path: string, content: string | Buffer): Snapshot {
  const bytes = Buffer.from(content);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { path, target: path, bytes, hash, mode: 0o600, uid: 0, gid: 0 };
}
