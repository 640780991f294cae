import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { age } from '../faults/age.ts';
import type { StartOptions } from '../faults/child-messages.ts';
import { makeEncryptedFile } from '../faults/encrypted-file.ts';
import { buildProgram } from '../faults/program.ts';
import { RekeyProcess } from '../faults/rekey-process.ts';

const FILES = ['.claude.json', ...[1, 2, 3, 4, 5, 6, 7].map((number) => `project-${number}/.mcp.json`)];
const OPTIONS: StartOptions = {
  delays: { lookAgain: 0, verifyTimeout: 3_000, requestTimeout: 3_000 },
  keychain: 'file',
  unlocked: true,
  clockAheadMs: 0,
};

describe('files that are changed side by side, when Rekey is killed', () => {
  let workshop: string;
  let program: string;
  let home: string;
  let service: FakeBitscale;
  let started: RekeyProcess[];
  let old: string;

  beforeAll(async () => {
    workshop = await mkdtemp(join(tmpdir(), 'rekey-'));
    program = await buildProgram(join(workshop, 'program'));
  });
  afterAll(() => rm(workshop, { recursive: true, force: true }));

  beforeEach(async () => {
    started = [];
    home = await mkdtemp(join(workshop, 'home-'));
    service = await startBitscale();
    old = service.key;
    makeEncryptedFile(join(home, 'rekey', 'keychain.json'));
    for (const file of FILES) {
      await mkdir(join(home, file, '..'), { recursive: true });
      await writeFile(join(home, file), textWith(old));
    }
    const rekey = await start();
    await rekey.call('changeSettings', { projectFolders: FILES.slice(1).map((file) => join(home, file, '..')) });
    await rekey.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await Promise.all(started.map((rekey) => rekey.kill()));
    await service.stop();
  });

  const textWith = (key: string): string =>
    `${JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: key } } } }, null, 2)}\n`;
  const texts = (): Promise<string[]> => Promise.all(FILES.map((file) => readFile(join(home, file), 'utf8')));

  async function start(): Promise<RekeyProcess> {
    const rekey = await RekeyProcess.start(program, home, OPTIONS);
    started.push(rekey);
    return rekey;
  }

  async function dieAt(moment: string): Promise<void> {
    const [rekey] = started;
    if (!rekey) throw new Error('nothing was started');
    const approval = await rekey.call('requestRotation', { credential: 'work' });
    await rekey.watch(moment);
    // Its answer may never come.
    void rekey.call('approve', { id: approval.id, planHash: approval.plan.hash }).catch(() => {});
    expect(await rekey.ended).toBe('SIGKILL');
  }

  it.each([
    ['between the backups and the first rename', 'before rename of .claude.json', 0],
    ['between two renames', `after rename of ${FILES.at(-1)}`, 1],
    ['after the last rename, before the journal says that all were tried', 'before journal patched', FILES.length],
  ])('%s, are whole and kept, and all have the new key after the next start', async (_when, moment, least) => {
    await dieAt(moment);
    age(home);
    const atCrash = await texts();
    const fresh = textWith(service.key);
    expect(atCrash.filter((text) => text !== textWith(old) && text !== fresh)).toEqual([]);
    expect(atCrash.filter((text) => text === fresh).length).toBeGreaterThanOrEqual(least);

    const rekey = await start();
    await expect
      .poll(async () => (await rekey.call('listRotations', {}))[0], { timeout: 10_000 })
      .toMatchObject({ outcome: 'done', notKept: [] });
    expect(await texts()).toEqual(FILES.map(() => fresh));
    const [rotation] = await rekey.call('listRotations', {});
    expect(rotation?.sites.map(({ state }) => state)).toEqual(FILES.map(() => 'patched'));
    expect(service.rotationRequests).toBe(1);
    const { backups } = await rekey.call('listBackups', {});
    // Each once: what was kept before the crash isn't kept again after it.
    expect(backups.map(({ file }) => file).sort()).toEqual(FILES.map((file) => join(home, file)).sort());
  });
});
