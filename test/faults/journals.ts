import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rotation, RotationSchema } from '../../main/rotation/rotation.schema.ts';

/** The journals as they lie on the disk, newest first. @throws when one of them can't be read. */
export function journals(home: string): Rotation[] {
  const folder = join(home, 'rekey', 'rotations');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => RotationSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt));
}
