/** A process that changes a file of ours as another app would: adds its name to the list, so many times. */
import { z } from 'zod';
import { JsonFile } from '../../main/storage/json-file.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const file = new JsonFile(
  path,
  z.object({ version: z.literal(1), names: z.array(z.string()) }),
  { version: 1, names: [] },
  () => {
    throw new Error('set aside');
  },
);
for (let turn = 0; turn < Number(count); turn += 1) {
  await file.update((value) => ({ ...value, names: [...value.names, `${name}${turn}`] }));
}
