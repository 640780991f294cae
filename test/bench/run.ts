import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import bridge from './bridge.ts';
import { choose } from './choose.ts';
import keys from './keys.ts';
import { measure, type Result } from './measure.ts';
import patch from './patch.ts';
import rotation from './rotation.ts';
import scan from './scan.ts';
import { table } from './table.ts';

/** `npm run bench [NAME]`: measures, prints the ratios, and writes `results.json` beside this file. */
const benches = [patch, scan, bridge, rotation, keys];
const chosen = choose(benches, process.argv[2]);
if ('problem' in chosen) {
  console.error(chosen.problem);
  process.exitCode = 2;
} else {
  const results: Result[] = [];
  for (const one of chosen.cases) {
    console.error(`${one.name}: ${one.runs} runs each ...`);
    results.push(await measure(one).finally(() => one.end?.()));
  }
  console.log(table(results));
  for (const remark of benches.flatMap((bench) => bench.remarks?.(results) ?? [])) console.log(remark);
  await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
