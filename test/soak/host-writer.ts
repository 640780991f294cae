import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTER } from './estate.ts';

// A host that writes its files all the time: it reads one, counts something up in it, and puts it back whole, without
// asking anybody for a lock. Ends with its parent, and tells it then how often it has written.
const [home = '', ...files] = process.argv.slice(2);
let ends = false;
process.once('disconnect', () => process.exit());
process.once('message', () => {
  ends = true;
});
let writes = 0;
for (let at = 0; !ends; at++) {
  const path = join(home, files[at % files.length] ?? '');
  const text = readFileSync(path, 'utf8');
  const temporary = `${path}.of-its-host`;
  writeFileSync(
    temporary,
    text.replace(COUNTER, (_, name: string, value: string) => `${name}${Number(value) + 1}`),
  );
  renameSync(temporary, path);
  writes += 1;
  await sleep(20 + (at % 7) * 5);
}
process.send?.({ writes }, () => process.disconnect());
