import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Reminder, type RemindersFile, RemindersFileSchema } from '../../main/reminders/reminder.schema.ts';
import { Reminders } from '../../main/reminders/reminders.ts';
import { StorageError } from '../../main/storage/errors.ts';
import { JsonFile } from '../../main/storage/json-file.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const NOTHING: RemindersFile = { version: 1, told: [], snoozed: [] };
const DAY_MS = 24 * 60 * 60_000;

describe('the reminders', () => {
  let folder: string;
  let path: string;
  let now: Date;
  let due: Reminder[];
  let looks: number;
  let told: (readonly Reminder[])[];
  let open: Reminders[];
  let file: Pick<JsonFile<RemindersFile>, 'read' | 'write'>;
  let unreadable: boolean;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    path = join(folder, 'reminders.json');
    now = new Date('2026-06-01T00:00:00.000Z');
    due = [reminder('work')];
    looks = 0;
    told = [];
    open = [];
    file = new JsonFile(path, RemindersFileSchema, NOTHING, () => {});
    unreadable = false;
  });
  afterEach(async () => {
    for (const one of open) await one.close();
    await rm(folder, { recursive: true, force: true });
  });

  function reminder(name: string): Reminder {
    return {
      kind: 'rotation',
      credential: { id: `id of ${name}`, name },
      provider: { id: 'bitscale', name: 'BitScale' },
      age: 93,
      dueAt: '2026-05-29T00:00:00.000Z',
      rotationId: null,
    };
  }

  /** As an app would have them that starts now. */
  function make(inFile = file): Reminders {
    const one = new Reminders({
      file: inFile,
      now: () => now,
      whatIsDue: async () => {
        looks++;
        if (unreadable) throw new StorageError('storage-unreadable', 'It can’t be read.', 'Mend its rights.');
        return due;
      },
      onTell: (reminders) => told.push(reminders),
    });
    open.push(one);
    return one;
  }

  async function startUntilTold(times: number): Promise<Reminders> {
    const one = make();
    await one.start();
    await vi.waitFor(() => expect(told).toHaveLength(times));
    return one;
  }

  it('tell what is due as the app starts, and not again at the next start', async () => {
    await (await startUntilTold(1)).close();
    expect(told).toEqual([due]);
    const second = make();
    await second.start();
    await second.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect([looks, told.length]).toEqual([2, 1]);
    now = new Date(now.getTime() + 7 * DAY_MS);
    await startUntilTold(2);
  });

  it('look again when another period was chosen, once however often that was', async () => {
    const one = await startUntilTold(1);
    due = [reminder('work'), reminder('wallet')];
    for (let times = 0; times < 50; times++) one.lookSoon();
    await vi.waitFor(() => expect(told).toEqual([[reminder('work')], [reminder('wallet')]]), { timeout: 10_000 });
    expect(looks).toBe(2);
  });

  it('keep what they told in a file for its owner alone', async () => {
    await startUntilTold(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ told: [{ credentialId: 'id of work' }] });
  });

  it('tell nobody twice where that file can’t be written', async () => {
    const full: typeof file = {
      read: async () => NOTHING,
      write: async () => {
        throw new StorageError('storage-unwritable', 'The disk is full. Nothing was changed.', 'Make room.');
      },
    };
    const one = make(full);
    await one.start();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    one.lookSoon();
    await vi.waitFor(() => expect(looks).toBe(2), { timeout: 10_000 });
    await one.close();
    expect(told).toHaveLength(1);
  });

  it('go on when what is due could not be read', async () => {
    unreadable = true;
    const one = make();
    await one.start();
    expect(looks).toBe(1);
    unreadable = false;
    one.lookSoon();
    await vi.waitFor(() => expect(told).toEqual([due]), { timeout: 10_000 });
  });

  it('list what is due but for what was put off, until its week is over', async () => {
    due = [reminder('work'), reminder('wallet')];
    const one = await startUntilTold(1);
    await one.snooze(reminder('work').credential);
    expect(await one.list()).toEqual([reminder('wallet')]);
    now = new Date(now.getTime() + 7 * DAY_MS);
    expect(await one.list()).toEqual(due);
  });

  it('put nothing off of which nothing is due', async () => {
    await expect(make().snooze({ id: 'other', name: 'other' })).rejects.toMatchObject({ code: 'reminder-not-due' });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tell nothing any more once they are closed', async () => {
    const one = make();
    const started = one.start();
    await one.close();
    await started;
    one.lookSoon();
    expect(told).toEqual([]);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a key of the person', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let now: number;

  beforeEach(async () => {
    service = await startBitscale();
    now = Date.now();
    sandbox = await openSandbox({ now: () => new Date(now) });
    await sandbox.call('addCredential', {
      name: 'work',
      provider: 'bitscale',
      key: service.key,
      baseUrl: service.url,
    });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const view = async () => (await sandbox.call('listCredentials', {}))[0];
  const told = () => sandbox.events.filter(({ name }) => name === 'reminder');
  const later = (days: number): void => {
    now += days * DAY_MS;
  };

  it('is due after 90 days where nobody has said anything, and told to whoever listens as the app starts', async () => {
    expect(await view()).toMatchObject({ age: 0, due: false, dueAt: new Date(now + 90 * DAY_MS).toISOString() });
    later(89);
    await sandbox.restart();
    expect(await view()).toMatchObject({ age: 89, due: false });
    expect(await sandbox.call('listReminders', {})).toEqual([]);
    later(4);
    await sandbox.restart();
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    const payload = [{ kind: 'rotation', age: 93, credential: { name: 'work' }, provider: { name: 'BitScale' } }];
    expect(told()[0]).toMatchObject({ payload });
    expect(await sandbox.call('listReminders', {})).toMatchObject(payload);
    expect(await view()).toMatchObject({ age: 93, due: true });
  });

  it('is no longer due once it was rotated', async () => {
    later(93);
    expect(await sandbox.call('listReminders', {})).toHaveLength(1);
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done' });
    expect(await sandbox.call('listReminders', {})).toEqual([]);
    expect(await view()).toMatchObject({ age: 0, due: false });
  });

  it('is due by the settings, or by a choice of its own, and that choice outlives its rotation', async () => {
    later(40);
    await sandbox.call('changeSettings', { rotateEveryDays: 30 });
    await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 10_000 });
    expect(await sandbox.call('setReminder', { credential: 'work', everyDays: 60 })).toMatchObject({
      rotateEveryDays: 60,
      due: false,
    });
    await sandbox.rotate('work');
    expect(await view()).toMatchObject({ rotateEveryDays: 60, dueAt: new Date(now + 60 * DAY_MS).toISOString() });
    expect(await sandbox.call('setReminder', { credential: 'work', everyDays: 0 })).toMatchObject({ dueAt: null });
    expect(await sandbox.call('setReminder', { credential: 'work', everyDays: null })).toMatchObject({
      dueAt: new Date(now + 30 * DAY_MS).toISOString(),
    });
    const [entry] = await sandbox.call('listActivity', { credential: 'work' });
    expect(entry).toMatchObject({ kind: 'reminder-changed', detail: 'as in the settings', by: { via: 'page' } });
  });

  it('is due by a sooner choice of its own at once', async () => {
    later(40);
    await sandbox.call('setReminder', { credential: 'work', everyDays: 30 });
    await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 10_000 });
  });

  it('put off is heard of again after a week', async () => {
    later(93);
    await sandbox.call('snoozeReminder', { credential: 'work' });
    expect(await sandbox.call('listReminders', {})).toEqual([]);
    later(7);
    await sandbox.restart();
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    expect(await sandbox.call('listReminders', {})).toHaveLength(1);
  });

  it.each(['script', 'agent', 'confirmation-window'] as const)(
    'has its reminders changed by no %s',
    async (carrier) => {
      later(93);
      const refused = { code: 'call-not-allowed' };
      await expect(sandbox.call('setReminder', { credential: 'work', everyDays: 0 }, carrier)).rejects.toMatchObject(
        refused,
      );
      await expect(sandbox.call('snoozeReminder', { credential: 'work' }, carrier)).rejects.toMatchObject(refused);
      expect(await sandbox.call('listReminders', {})).toHaveLength(1);
    },
  );

  it('that was made by hand is asked about a day later, until the old one is said to be revoked', async () => {
    const rotation = await sandbox.approve(await sandbox.call('requestRotation', { credential: 'work', byHand: true }));
    await fetch(`${service.url}/api-key/rotate`, {
      method: 'POST',
      headers: { 'X-API-KEY': service.key, 'Content-Type': 'application/json' },
      body: '{}',
    });
    await sandbox.call('adoptKey', { id: rotation.id, key: service.key });
    expect(await sandbox.settled(rotation.id)).toMatchObject({ revocation: { by: 'person', state: 'due' } });
    expect(await sandbox.call('listReminders', {})).toEqual([]);
    later(1);
    expect(await sandbox.call('listReminders', {})).toMatchObject([{ kind: 'old-key', rotationId: rotation.id }]);
    await sandbox.call('revokeOldKey', { id: rotation.id });
    expect(await sandbox.call('listReminders', {})).toEqual([]);
  });
});

it('a settings file of before, without a word on reminders, is read and kept', async () => {
  const sandbox = await openSandbox();
  try {
    const file = join(sandbox.rekey.dataFolder, 'settings.json');
    await sandbox.call('changeSettings', { allowScriptedConfirmation: false });
    const { rotateEveryDays, ...before } = JSON.parse(await readFile(file, 'utf8'));
    expect(rotateEveryDays).toBe(90);
    await writeFile(file, JSON.stringify(before));
    expect(await sandbox.call('getSettings', {})).toEqual({ ...before, rotateEveryDays: 90 });
    expect(await sandbox.call('changeSettings', { rotateEveryDays: 30 })).toEqual({ ...before, rotateEveryDays: 30 });
    expect(await sandbox.call('changeSettings', { projectFolders: [] })).toMatchObject({ rotateEveryDays: 30 });
  } finally {
    await sandbox.dispose();
  }
});
