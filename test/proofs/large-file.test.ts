import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { RekeyProcess } from '../sandbox/rekey-process.ts';

const MEGABYTES = 200;
const DELAYS = { verifyRetry: 20, doubtRecheck: 20, lookAgain: 20 };

describe(`a ~/.claude.json of ${MEGABYTES} MB`, () => {
  let service: FakeBitscale;
  let home: string;
  let rekey: RekeyProcess;

  beforeEach(async () => {
    service = await startBitscale();
    home = mkdtempSync(join(tmpdir(), 'rekey-'));
    rekey = await RekeyProcess.start(home, DELAYS);
    await rekey.call('chooseKeychain', { kind: 'file', passphrase: 'correct horse battery' });
    await rekey.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    await rekey.stop();
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is patched in a few times its size of memory, with no other byte changed', async () => {
    const path = join(home, '.claude.json');
    const { head, tail, middle } = await write(path, service.key);
    const before = await rekey.mostMemory();
    const planning = performance.now();
    const { id, plan } = await rekey.call('requestRotation', { credential: 'work' });
    const planned = performance.now() - planning;
    expect(plan).toMatchObject({ findings: [], sites: [{ file: path }, { file: path }] });

    const rotating = performance.now();
    const { rotationId } = await rekey.call('approve', { id, planHash: plan.hash });
    const now = () => rekey.call('getRotation', { id: rotationId ?? '' });
    await expect.poll(async () => (await now()).outcome, { timeout: 120_000 }).toBe('done');
    const rotated = performance.now() - rotating;
    const most = await rekey.mostMemory();
    console.log(
      `${MEGABYTES} MB: planned in ${seconds(planned)}, rotated in ${seconds(rotated)}, ` +
        `at most ${Math.round(most)} MB of memory (${Math.round(before)} MB before)`,
    );

    expect((await now()).sites.map(({ state }) => state)).toEqual(['patched', 'patched']);
    const expected = createHash('sha256').update(head(service.key)).update(middle).update(tail(service.key));
    expect(await hashOf(path)).toBe(expected.digest('hex'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // Twice the size where two versions are compared; the rest is room for a slow machine.
    expect(most - before).toBeLessThan(5 * MEGABYTES);
  }, 180_000);
});

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** As Claude Code grows it: the servers at the end, histories before. @returns what stands in it. */
async function write(path: string, key: string) {
  const server = (value: string): string => JSON.stringify({ bitscale: { env: { BITSCALE_API_KEY: value } } });
  const head = (value: string): string => `{"projects":{"/nowhere":{"mcpServers":${server(value)},"history":[`;
  const tail = (value: string): string => `0]}},"mcpServers":${server(value)}}\n`;
  const entry = JSON.stringify({ display: 'Rename the function, “then run” the tests.\n\tconst a = "b";\n', at: 1 });
  const middle = Buffer.from(`${entry},`.repeat(Math.ceil((MEGABYTES * 1_000_000) / Buffer.byteLength(`${entry},`))));
  const file = await open(path, 'w', 0o600);
  for (const part of [Buffer.from(head(key)), middle, Buffer.from(tail(key))]) await file.write(part);
  await file.close();
  return { head, tail, middle };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
