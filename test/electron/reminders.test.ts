import { describe, expect, it, vi } from 'vitest';
import type { Reminder } from '../../main/reminders/reminder.schema.ts';
import { dueWords } from '../../main/shells/electron/notifications/due-words.ts';
import { boot } from './boot.ts';

const work: Reminder = {
  kind: 'rotation',
  credential: { id: 'c1', name: 'work' },
  provider: { id: 'bitscale', name: 'BitScale' },
  age: 93,
  dueAt: '2026-05-29T00:00:00.000Z',
  rotationId: null,
};
const wallet: Reminder = { ...work, credential: { id: 'c 2', name: 'wallet' }, age: 1 };
const oldKey: Reminder = { ...work, kind: 'old-key', rotationId: 'r1' };

describe('a notification', () => {
  it.each<[string, readonly Reminder[], ReturnType<typeof dueWords>]>([
    ['one key', [work], { title: '“work” is due to be rotated', body: 'It is 93 days old.', route: '/keys/c1' }],
    [
      'a key of one day',
      [wallet],
      { title: '“wallet” is due to be rotated', body: 'It is 1 day old.', route: '/keys/c%202' },
    ],
    [
      'an old key',
      [oldKey],
      {
        title: 'The old key of “work” still works',
        body: 'Revoke it on the page of BitScale.',
        route: '/rotation/r1',
      },
    ],
    ['two keys', [work, wallet], { title: '2 keys are due to be rotated', body: '“work”, “wallet”', route: '/keys' }],
    [
      'a key and an old one of it',
      [work, oldKey],
      { title: '2 keys need you: to be rotated or revoked', body: '“work”', route: '/keys' },
    ],
  ])('of %s says which, and leads there', (_what, reminders, words) => {
    expect(dueWords(reminders)).toEqual(words);
  });

  it('comes up for what has become due, once for all of it, and a click opens the app at the key', async () => {
    const { electron, core } = await boot({ byBridge: true });
    core.emit({ name: 'reminder', payload: [work] });
    expect(electron.notifications).toMatchObject([{ title: '“work” is due to be rotated', shown: 1 }]);
    expect(electron.windows).toEqual([]);
    electron.notifications[0]?.emit('click');
    await vi.waitFor(() => expect(electron.windowOf('index.html').loaded).toEqual(['app://rekey/index.html#/keys/c1']));
    core.emit({ name: 'reminder', payload: [wallet, oldKey] });
    expect(electron.notifications).toHaveLength(2);
    electron.notifications[1]?.emit('click');
    expect(electron.windowOf('index.html').loaded.at(-1)).toBe('app://rekey/index.html#/keys');
  });

  it('comes up for nothing else', async () => {
    const { electron, core } = await boot();
    core.emit({ name: 'changed', payload: { topic: 'credentials' } });
    expect(electron.notifications).toEqual([]);
  });

  it('is left out where the system shows none', async () => {
    const { electron, core } = await boot();
    electron.notifies = false;
    core.emit({ name: 'reminder', payload: [work] });
    expect(electron.notifications).toEqual([]);
  });
});
