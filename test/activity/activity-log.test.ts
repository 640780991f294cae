import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../main/activity/activity.schema.ts';
import { ActivityLog } from '../../main/activity/activity-log.ts';

const NOW = '2026-01-02T03:04:05.000Z';

let folder: string;
let path: string;
let log: ActivityLog;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'activity.jsonl');
  log = new ActivityLog(path, () => new Date(NOW));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function entry(detail: string): Omit<Activity, 'at'> {
  return { kind: 'credential-added', credential: 'work', rotationId: null, who: 'page', detail };
}

async function details(limit = 1_000): Promise<(string | null)[]> {
  return (await log.list({ limit })).map(({ detail }) => detail);
}

describe('the activity', () => {
  it('is empty where nothing has happened', async () => {
    expect(await log.list({})).toEqual([]);
  });

  it('gives the newest first, with the time, and no more than asked for', async () => {
    for (const detail of ['1', '2', '3']) await log.add(entry(detail));
    expect(await log.list({ limit: 2 })).toEqual([
      { at: NOW, position: expect.any(Number), ...entry('3') },
      { at: NOW, position: expect.any(Number), ...entry('2') },
    ]);
    expect(await log.list({ limit: 0 })).toEqual([]);
  });

  it('keeps the order of entries that are noted at the same time', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `${index}`);
    await Promise.all(names.map((name) => log.add(entry(name))));
    expect(await details()).toEqual(names.toReversed());
  });

  it('is readable by its owner alone', async () => {
    await log.add(entry('1'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('passes a line over that a crash tore, and begins the next on a line of its own', async () => {
    await log.add(entry('1'));
    await appendFile(path, '{"at":"2026-01-02T03:04');
    expect(await details()).toEqual(['1']);
    await log.add(entry('2'));
    expect(await details()).toEqual(['2', '1']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(4);
  });

  it('gives an entry of which a crash tore nothing but the line’s end', async () => {
    await appendFile(path, JSON.stringify({ at: NOW, ...entry('1') }));
    await log.add(entry('2'));
    expect(await details()).toEqual(['2', '1']);
  });

  it('leaves out lines that are no entries, and keeps them in the file', async () => {
    const lines = ['', 'null', '{}', '\u0000\u0000', `{"at":"${NOW}","kind":"from-a-newer-version"}`, '\ufffd'];
    await writeFile(path, `${lines.join('\n')}\n`);
    await log.add(entry('1'));
    await appendFile(path, `${lines.join('\n')}\n`);
    await log.add(entry('2'));
    expect(await details()).toEqual(['2', '1']);
    expect(await readFile(path, 'utf8')).toContain('from-a-newer-version');
  });

  it('reads a log of many blocks, and lines that are longer than a block', async () => {
    const wanted: string[] = [];
    for (let index = 0; index < 40; index += 1)
      wanted.push(`${index}-${'x'.repeat(index % 7 === 0 ? 150_000 : 3_000)}`);
    await writeFile(path, wanted.map((detail) => `${JSON.stringify({ at: NOW, ...entry(detail) })}\n`).join(''));
    expect(await details()).toEqual(wanted.toReversed());
    expect(await details(3)).toEqual(wanted.toReversed().slice(0, 3));
  });

  it('reads characters whose bytes lie on both sides of a block’s border', async () => {
    const wanted = '\u5bc6\u94a5\ud83d\udd11\u00e9'.repeat(8_000);
    // Each shift puts the border at another byte of a character.
    for (let shift = 0; shift < 4; shift += 1) {
      const lines = [wanted, 'y'.repeat(shift)].map((detail) => `${JSON.stringify({ at: NOW, ...entry(detail) })}\n`);
      await writeFile(path, lines.join(''));
      expect(await details()).toEqual(['y'.repeat(shift), wanted]);
    }
  });

  it('is read page by page, each going on where the one before ended, whatever is noted meanwhile', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `${index} ${'\u5bc6'.repeat(index)}`);
    for (const name of names) await log.add(entry(name));
    const read: (string | null)[] = [];
    for (let before: number | undefined; ; ) {
      const page = await log.list({ limit: 10, before });
      read.push(...page.map(({ detail }) => detail));
      if (page.length < 10) break;
      before = page.at(-1)?.position;
      await log.add(entry('noted meanwhile'));
    }
    expect(read).toEqual(names.toReversed());
  });

  it('gives each entry a position of its own, which stays', async () => {
    for (const detail of ['1', '2', '3']) await log.add(entry(detail));
    const first = await log.list({});
    await log.add(entry('4'));
    expect((await log.list({})).slice(1)).toEqual(first);
    expect(first.at(-1)?.position).toBe(0);
    expect(await log.list({ before: 0 })).toEqual([]);
    expect(await log.list({ before: 1_000_000 })).toHaveLength(4);
  });

  it('is read for one key or one rotation alone, up to the limit', async () => {
    for (const detail of ['1', '2', '3']) {
      await log.add(entry(detail));
      await log.add({ ...entry(`${detail} of wallet`), credential: 'wallet', rotationId: 'r1' });
    }
    const detailsOf = async (wanted: Parameters<ActivityLog['list']>[0]) =>
      (await log.list(wanted)).map(({ detail }) => detail);
    expect(await detailsOf({ credential: 'wallet', limit: 2 })).toEqual(['3 of wallet', '2 of wallet']);
    expect(await detailsOf({ rotation: 'r1' })).toHaveLength(3);
    expect(await detailsOf({ credential: 'work', rotation: 'r1' })).toEqual([]);
  });

  it('gives lines of before, which say neither part by part who asked nor what a rotation did', async () => {
    const before = { at: NOW, ...entry('done'), kind: 'rotation-ended', rotationId: 'r1', who: 'rekey' };
    await writeFile(path, `${JSON.stringify(before)}\n`);
    expect(await log.list({})).toEqual([{ ...before, position: 0 }]);
  });

  it('tells when an entry is on disk, and not when it could not be written', async () => {
    const told: string[] = [];
    const listened = new ActivityLog(
      path,
      () => new Date(NOW),
      () => told.push('told'),
    );
    await listened.add(entry('1'));
    expect(told).toHaveLength(1);
    await rm(path);
    await mkdir(path);
    await listened.add(entry('2'));
    expect(told).toHaveLength(1);
  });

  it('does not stop what it is about when it can’t be written, and notes again when it can', async () => {
    await mkdir(path);
    await log.add(entry('1'));
    await rm(path, { recursive: true });
    await log.add(entry('2'));
    expect(await details()).toEqual(['2']);
  });
});
