import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { type KeyringState, keyringMissing, keyringPresent, spawnWithKeyring, withKeyring } from './gnome-keyring.ts';
import type { ProbeInput, ProbeStep } from './keychain-probe.ts';

const PROBE = join(import.meta.dirname, 'keychain-probe.ts');

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Runs the steps in a fresh process in a fresh session; nothing but the results may come out. */
async function probe(
  state: KeyringState,
  keychain: ProbeInput['keychain'],
  steps: readonly ProbeStep[],
): Promise<unknown[]> {
  const input: ProbeInput = { keychain, dataFolder: home, steps };
  const ended = await withKeyring(process.execPath, ['--no-warnings', PROBE], {
    state,
    home,
    input: JSON.stringify(input),
  });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  for (const step of steps)
    if ('value' in step && step.value.length > 3) expect(ended.stdout).not.toContain(step.value);
  return JSON.parse(ended.stdout);
}

function randomKey(bytes = 24): string {
  return randomBytes(bytes).toString('hex');
}

function fingerprint(value: string): string {
  return new Secret(value).fingerprint;
}

describe.skipIf(!keyringPresent)(
  `the OS keychain, on a real gnome-keyring${keyringMissing ? `: ${keyringMissing}` : ''}`,
  () => {
    it('gives back what it was given, to a later process too, until it is deleted', async () => {
      const [first, second] = [randomKey(), randomKey()];
      expect(
        await probe('unlocked', 'os', [
          { do: 'probe' },
          { do: 'get', account: 'a' },
          { do: 'set', account: 'a', value: first },
          { do: 'set', account: 'b', value: second },
          { do: 'set', account: 'b', value: first },
          { do: 'get', account: 'b' },
        ]),
      ).toEqual(['probed', null, 'set', 'set', 'set', fingerprint(first)]);
      expect(
        await probe('unlocked', 'os', [
          { do: 'get', account: 'a' },
          { do: 'delete', account: 'a' },
          { do: 'delete', account: 'a' },
          { do: 'get', account: 'a' },
          { do: 'get', account: 'b' },
        ]),
      ).toEqual([fingerprint(first), 'deleted', 'deleted', null, fingerprint(first)]);
    });

    it('refuses what not every keychain keeps, and leaves the earlier value as it was', async () => {
      const before = randomKey();
      const refused = { error: 'keychain-value-refused' };
      expect(
        await probe('unlocked', 'os', [
          { do: 'set', account: 'a', value: before },
          { do: 'set', account: 'a', value: '' },
          { do: 'set', account: 'a', value: `${randomKey()}\0${randomKey()}` },
          { do: 'set', account: 'a', value: 'x'.repeat(2_501) },
          { do: 'set', account: 'a', value: '\u00e9'.repeat(1_251) },
          { do: 'get', account: 'a' },
        ]),
      ).toEqual(['set', refused, refused, refused, refused, fingerprint(before)]);
    });

    it.each([
      ['2,500 bytes', 'x'.repeat(2_500)],
      ['2,500 bytes beyond ASCII', '\u00e9'.repeat(1_250)],
      ['other scripts, emoji, quotes and line breaks', '\u5bc6\u94a5 \ud83d\udd11 "\'\\\n\t end '],
    ])('keeps %s unchanged', async (_, value) => {
      expect(
        await probe('unlocked', 'os', [
          { do: 'set', account: 'a', value },
          { do: 'get', account: 'a' },
        ]),
      ).toEqual(['set', fingerprint(value)]);
    });

    it('takes nothing while it is locked, gives nothing, and has lost nothing afterwards', async () => {
      const value = randomKey();
      await probe('unlocked', 'os', [{ do: 'set', account: 'a', value }]);
      expect(
        await probe('locked', 'os', [
          { do: 'set', account: 'a', value: randomKey() },
          { do: 'get', account: 'a' },
          { do: 'probe' },
          { do: 'delete', account: 'a' },
        ]),
      ).toEqual([{ error: 'keychain-locked' }, null, { error: 'keychain-locked' }, 'deleted']);
      expect(await probe('unlocked', 'os', [{ do: 'get', account: 'a' }])).toEqual([fingerprint(value)]);
    });

    it.each([
      ['no-collection', 'keychain-no-collection', null],
      ['no-service', 'keychain-no-service', { error: 'keychain-no-service' }],
      ['no-bus', 'keychain-no-session', { error: 'keychain-no-session' }],
    ] as const)('says what is missing where there is %s', async (state, code, answerToGet) => {
      expect(
        await probe(state, 'os', [
          { do: 'set', account: 'a', value: randomKey() },
          { do: 'get', account: 'a' },
          { do: 'probe' },
        ]),
      ).toEqual([{ error: code }, answerToGet, { error: code }]);
    });
  },
);

describe.skipIf(!keyringPresent)('the keychain in use, on a real gnome-keyring', () => {
  it('is the OS keychain without a question where it works', async () => {
    const value = randomKey();
    expect(
      await probe('unlocked', 'chosen', [
        { do: 'state' },
        { do: 'add', name: 'work', value },
        { do: 'secretOf', name: 'work' },
        { do: 'probe' },
      ]),
    ).toEqual([{ kind: 'os', status: 'ready', problem: null }, 'added', fingerprint(value), 'probed']);
    expect(await probe('unlocked', 'os', [{ do: 'probe' }])).toEqual(['probed']);
    expect(await readdir(home)).not.toContain('keychain.json');
  });

  it('says locked, never missing, of a key that is in the index, and keeps it when it is to be removed', async () => {
    const value = randomKey();
    await probe('unlocked', 'chosen', [{ do: 'add', name: 'work', value }]);
    const locked = { error: 'keychain-locked' };
    expect(
      await probe('locked', 'chosen', [
        { do: 'state' },
        { do: 'secretOf', name: 'work' },
        { do: 'add', name: 'other', value: randomKey() },
        { do: 'remove', name: 'work' },
        { do: 'probe' },
      ]),
    ).toEqual([{ kind: 'os', status: 'locked', problem: 'keychain-locked' }, locked, locked, locked, locked]);
    expect(await probe('unlocked', 'chosen', [{ do: 'secretOf', name: 'work' }])).toEqual([fingerprint(value)]);
  });

  it('counts a locked keychain as one that is there when nothing was chosen yet', async () => {
    await probe('unlocked', 'os', [{ do: 'probe' }]);
    expect(await probe('locked', 'chosen', [{ do: 'state' }, { do: 'get', account: 'a' }])).toEqual([
      { kind: 'os', status: 'locked', problem: 'keychain-locked' },
      { error: 'keychain-locked' },
    ]);
  });

  it.each(['no-bus', 'no-service', 'no-collection'] as const)(
    'chooses nothing in silence where there is %s, and then keeps what the person chose',
    async (state) => {
      const value = randomKey();
      const notChosen = { error: 'keychain-not-chosen' };
      expect(
        await probe(state, 'chosen', [
          { do: 'state' },
          { do: 'set', account: 'a', value },
          { do: 'get', account: 'a' },
          { do: 'delete', account: 'a' },
          { do: 'probe' },
          { do: 'add', name: 'work', value },
          { do: 'choose', passphrase: 'correct horse' },
          { do: 'add', name: 'work', value },
          { do: 'secretOf', name: 'work' },
        ]),
      ).toEqual([
        { kind: null, status: 'absent', problem: 'keychain-not-chosen' },
        notChosen,
        notChosen,
        notChosen,
        notChosen,
        notChosen,
        'ready',
        'added',
        fingerprint(value),
      ]);
    },
  );

  it('calls an OS keychain that holds keys and is gone a fault, and offers no other place for them', async () => {
    await probe('unlocked', 'chosen', [{ do: 'add', name: 'work', value: randomKey() }]);
    expect(
      await probe('no-bus', 'chosen', [
        { do: 'state' },
        { do: 'secretOf', name: 'work' },
        { do: 'choose', passphrase: 'correct horse' },
        { do: 'state' },
      ]),
    ).toEqual([
      { kind: 'os', status: 'failed', problem: 'keychain-no-session' },
      { error: 'keychain-no-session' },
      { error: 'keychain-no-session' },
      { kind: 'os', status: 'failed', problem: 'keychain-no-session' },
    ]);
  });
});

describe.skipIf(!keyringPresent)('a keychain that does not answer', () => {
  it('does not keep the app from its files, is not asked what nobody waits for any more, and answers late', async () => {
    const ended = await withKeyring(
      process.execPath,
      ['--no-warnings', join(import.meta.dirname, 'hung-keychain.ts')],
      { state: 'unlocked', home },
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual({
      reading: 'read',
      messages: [
        expect.stringContaining('did not answer in time; what was written may still arrive'),
        expect.stringContaining('so it was not asked this one. Nothing was stored.'),
      ],
      answers: Array(6).fill('before'),
      neverAsked: null,
    });
  });
});

describe.skipIf(!keyringPresent)('a session of a test', () => {
  it('ends with everything in it when it is killed', async () => {
    const child = spawnWithKeyring('sh', ['-c', 'echo started; exec sleep 600'], { state: 'unlocked', home });
    if (!child.stdout || !child.pid) throw new Error('the session did not start');
    await once(child.stdout, 'data');
    await expect
      .poll(() => namesOfGroup(child.pid ?? 0))
      .toEqual(expect.arrayContaining(['dbus-daemon', 'gnome-keyring-d', 'sleep']));
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    await expect.poll(() => namesOfGroup(child.pid ?? 0)).toEqual([]);
  });

  it('ends with everything in it when the process that started it is killed', async () => {
    const program = `
      import { spawnWithKeyring } from ${JSON.stringify(join(import.meta.dirname, 'gnome-keyring.ts'))};
      const child = spawnWithKeyring('sh', ['-c', 'echo started; exec sleep 600'], { state: 'unlocked', home: ${JSON.stringify(home)} });
      child.stdout.once('data', () => console.log(child.pid));
    `;
    const starter = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const group = Number((await once(starter.stdout, 'data'))[0]);
    await expect.poll(() => namesOfGroup(group)).toEqual(expect.arrayContaining(['gnome-keyring-d', 'sleep']));
    starter.kill('SIGKILL');
    await expect.poll(() => namesOfGroup(group)).toEqual([]);
  });

  it('leaves nothing behind when its command ends, and passes its exit code and streams on', async () => {
    const ended = await withKeyring('sh', ['-c', 'cat; cut -d" " -f5 /proc/self/stat; echo wrong >&2; exit 7'], {
      state: 'locked',
      home,
      input: 'in ',
    });
    expect(ended).toMatchObject({ code: 7, stderr: 'wrong\n', stdout: expect.stringMatching(/^in \d+\n$/) });
    const group = Number(ended.stdout.trim().split(' ').at(-1));
    await expect.poll(() => namesOfGroup(group)).toEqual([]);
    expect((await readdir(home)).filter((name) => name.startsWith('dbus-'))).toEqual([]);
  });
});

/** Names of the living processes of a group; zombies that nobody has waited for are dead. */
async function namesOfGroup(group: number): Promise<string[]> {
  const names: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, name = '', state, pgrp] = /\((.*)\) (\S) \d+ (\d+)/.exec(stat) ?? [];
    if (Number(pgrp) === group && state !== 'Z' && (await readlink(`/proc/${pid}/exe`).catch(() => '')))
      names.push(name);
  }
  return names;
}
