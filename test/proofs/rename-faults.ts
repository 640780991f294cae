import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

// Loaded before Rekey: a rename over a path that stands in `rename-faults.json` in the home folder fails with the code that
// stands there, as renames on network drives do. Nothing else of Rekey is another.
const list = join(process.env.HOME ?? '', 'rename-faults.json');
const { renameSync } = fs;

fs.renameSync = (from, to) => {
  const faults: Record<string, string> = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : {};
  const code = faults[String(to)];
  if (code !== undefined) throw Object.assign(new Error(`${code}: rename`), { code });
  renameSync(from, to);
};
syncBuiltinESMExports();
