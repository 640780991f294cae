import { realpath } from 'node:fs/promises';
import { removeAbandoned } from '../configs/temporary-file.ts';
import { filesFor } from './provider-files.ts';
import type { Run } from './run.ts';

/**
 * Removes what a killed process has left beside the hosts' files while it tried whether they can be written: temporary
 * files, and the host's own lock. A file that somebody works with just now is left alone.
 */
export async function clearFiles(run: Run): Promise<void> {
  const planned = new Set(run.record.sites.map(({ site }) => site.file));
  const files = await filesFor(run.parts, run.provider);
  await Promise.all(
    files
      .filter(({ path }) => planned.has(path))
      .map((file) => file.withLock(async () => removeAbandoned(await realpath(file.path))).catch(() => {})),
  );
}
