import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActivityLog } from '../../main/activity/activity-log.ts';

const KILLS = 16;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/**
 * Has a process note entries from `first` on, and kills it in the middle of one.
 * @returns the last one that was on disk for sure.
 */
async function noteAndKill(path: string, first: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'noting-child.ts'), [path, String(first)], {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
  });
  let last = first - 1;
  child.on('message', (count: number) => {
    last = count;
  });
  await once(child, 'message');
  const { size } = statSync(path);
  // Nothing else may happen in between: an entry is written within milliseconds.
  for (let looks = 0; looks < 1_000_000 && statSync(path).size === size; looks++);
  // What it has sent may still be on its way when it is dead.
  const drained = once(child, 'close');
  child.kill('SIGKILL');
  await drained;
  return last;
}

describe('the activity of a process that is killed again and again', () => {
  it('can be read, with every entry that counted as noted, once each and in its order', async () => {
    const path = join(folder, 'activity.jsonl');
    const sure: number[] = [];
    let next = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const last = await noteAndKill(path, next);
      for (let count = next; count <= last; count++) sure.push(count);
      // One more may be on disk that nobody was told of.
      next = last + 2;
    }
    const torn = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '' && !line.endsWith('}'));
    expect(torn.length).toBeGreaterThan(0);
    const entries = await new ActivityLog(path, () => new Date()).list({});
    const found = entries.map(({ detail }) => Number(detail?.split(' ')[0])).reverse();
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
    expect(sure.filter((count) => !found.includes(count))).toEqual([]);
    expect(entries.every(({ detail }) => detail?.endsWith(` ${'x'.repeat(4_000_000)}`))).toBe(true);
  }, 120_000);
});
