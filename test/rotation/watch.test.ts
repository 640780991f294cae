import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { openStandInStory, type StandInStory } from '../sandbox/stand-in-story.ts';

const DELAYS = {
  verifyRetry: 20,
  doubtRecheck: 20,
  lookAgain: 50,
  quitTimeout: 2_000,
  watch: 300,
  putBack: 300,
  lookShare: 1,
};

describe('the files of a host that still runs with the old key', () => {
  let service: StandInStory['service'];
  let sandbox: StandInStory['sandbox'];
  let host: StandInStory['host'];
  let old: string;
  let close: StandInStory['close'];

  beforeEach(async () => {
    ({ service, sandbox, host, old, close } = await openStandInStory(DELAYS));
  });
  afterEach(() => close());

  const get = (id: string): Promise<Rotation> => sandbox.call('getRotation', { id });
  const stateOf = async (id: string): Promise<string | undefined> => (await get(id)).restarts[0]?.state;
  const putBacks = async (): Promise<number> =>
    (await sandbox.call('listActivity', {})).filter(({ kind }) => kind === 'key-put-back').length;

  /** The host writes the old key, and it is seen to stand there. */
  async function writesBack(): Promise<void> {
    const before = await putBacks();
    await host.writeFromMemory();
    await expect.poll(putBacks).toBe(before + 1);
  }

  it('get the new key again each time that the host writes the old one, until it was started again', async () => {
    await host.start();
    const { id, restarts } = await sandbox.rotate('work');
    expect(restarts).toMatchObject([{ id: 'claude-desktop', reload: 'restart-host', state: 'wanted' }]);
    await writesBack();
    expect(await host.read()).toContain(service.key);
    expect(await host.read()).not.toContain(old);
    expect(await get(id)).toMatchObject({
      outcome: 'done',
      sites: [{ state: 'put-back' }],
      restarts: [{ state: 'wanted' }],
    });
    await writesBack();
    expect(await host.read()).toContain(service.key);
    // At its end it writes the old key once more.
    await host.quit();
    await expect.poll(putBacks).toBe(3);
    expect(await host.read()).toContain(service.key);
    await host.start();
    await expect.poll(() => stateOf(id)).toBe('done');
    expect((await host.state()).inMemory).toContain(service.key);
    expect((await get(id)).watched).toEqual([]);
    // The watch is over: what is written from now on is the person's own.
    const text = (await host.read()).replace(service.key, old);
    await writeFile(host.config, text);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await host.read()).toBe(text);
    expect(await putBacks()).toBe(3);
  });

  it('are told by the events that the pages, the tray and agents follow', async () => {
    await host.start();
    const { id } = await sandbox.rotate('work');
    await writesBack();
    const told = sandbox.events.flatMap((event) =>
      event.name === 'rotation' && event.payload.id === id ? [event.payload] : [],
    );
    expect(told.at(-1)).toMatchObject({ step: 'ended', sites: [{ state: 'put-back' }] });
    // It has ended once, whatever comes after.
    const kinds = (await sandbox.call('listActivity', {})).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'rotation-ended')).toHaveLength(1);
    expect(kinds[0]).toBe('key-put-back');
  });

  it('are watched on when it was started again before the key was back in place', async () => {
    await host.start();
    const { id } = await sandbox.rotate('work');
    await sandbox.rekey.stop();
    // Nobody looks while it ends, writes the old key and reads it again.
    await host.quit();
    const { pid } = await host.start();
    await sandbox.restart();
    await expect.poll(async () => (await get(id)).watched).toMatchObject([{ processes: [{ pid }] }]);
    expect(await stateOf(id)).toBe('wanted');
    expect(await host.read()).toContain(service.key);
    await writesBack();
    expect(await host.read()).toContain(service.key);
  });

  it('are watched again when Rekey is started again', async () => {
    await host.start();
    const { id } = await sandbox.rotate('work');
    await sandbox.restart();
    await writesBack();
    expect(await host.read()).toContain(service.key);
    // Also what was written while Rekey did not run.
    await sandbox.rekey.stop();
    await host.writeFromMemory();
    await expect.poll(() => host.read()).toContain(old);
    await sandbox.restart();
    await expect.poll(() => host.read()).toContain(service.key);
    expect(await stateOf(id)).toBe('wanted');
  });

  it('wait for an unlocked keychain', async () => {
    await host.start();
    await sandbox.rotate('work');
    sandbox.keychain.locked = true;
    await host.writeFromMemory();
    await expect.poll(() => host.read()).toContain(old);
    sandbox.keychain.locked = false;
    await expect.poll(() => host.read()).toContain(service.key);
  });

  it('are not written more often than every pause, and after some rounds Rekey says so instead', async () => {
    await host.start('--loop');
    const { id } = await sandbox.rotate('work');
    const begun = Date.now();
    await expect
      .poll(async () => (await get(id)).restarts[0]?.problem?.code, { timeout: 60_000 })
      .toBe('host-writes-old-key');
    const rounds = await putBacks();
    // The rotation's own second look may have met one more.
    expect([5, 6]).toContain(rounds);
    expect(Date.now() - begun).toBeGreaterThan(4 * DELAYS.putBack);
    const rotation = await get(id);
    expect(rotation).toMatchObject({
      outcome: 'done-in-part',
      sites: [
        {
          state: 'to-do',
          problem: { code: 'host-writes-old-key', wayOut: expect.stringContaining('Quit Claude Desktop') },
        },
      ],
    });
    // It stays at that while the host goes on, once all that came of the last look is told.
    let told = -1;
    const newlyTold = (): number => sandbox.events.length - told;
    await expect
      .poll(
        () => {
          const fresh = newlyTold();
          told = sandbox.events.length;
          return fresh;
        },
        { interval: 300 },
      )
      .toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await putBacks()).toBe(rounds);
    expect(newlyTold()).toBe(0);
    // And at the host's end the new key is put in after all.
    await host.quit();
    await expect.poll(() => stateOf(id)).toBe('done');
    expect(await get(id)).toMatchObject({
      outcome: 'done',
      problem: null,
      sites: [{ state: 'put-back', problem: null }],
    });
    expect(await host.read()).toContain(service.key);
  }, 60_000);

  it('are left alone when the credential was removed', async () => {
    await host.start();
    await sandbox.rotate('work');
    await sandbox.call('removeCredential', { credential: 'work' });
    await host.writeFromMemory();
    await expect.poll(() => host.read()).toContain(old);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await host.read()).toContain(old);
    expect(await putBacks()).toBe(0);
  });

  it('are the newer rotation’s when the key was rotated again, and the older one’s when nothing came of it', async () => {
    await host.start();
    const first = await sandbox.rotate('work');
    const middle = service.key;
    service.fail('refuses-with-403');
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'declined' });
    service.fail();
    await writesBack();
    expect(await host.read()).toContain(middle);
    await host.quit();
    await expect.poll(() => host.read()).toContain(middle);
    await host.start();
    const second = await sandbox.rotate('work');
    await writesBack();
    expect(await host.read()).toContain(service.key);
    expect((await get(second.id)).sites).toMatchObject([{ state: 'put-back' }]);
    expect((await get(first.id)).updatedAt < second.startedAt).toBe(true);
  });
});
