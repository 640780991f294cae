import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** When each file was last put in its place by `renameSync`, as hosts' files are, by its path; in `performance.now()`. */
export const renamedAt = new Map<string, number>();

const { renameSync } = fs;
fs.renameSync = (from, to) => {
  renameSync(from, to);
  renamedAt.set(String(to), performance.now());
};
syncBuiltinESMExports();
