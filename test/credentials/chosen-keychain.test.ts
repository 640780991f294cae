import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChosenKeychain } from '../../main/credentials/chosen-keychain.ts';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import { KeychainError, type KeychainErrorCode } from '../../main/credentials/keychain.ts';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';

const PASSPHRASE = 'correct horse battery';
const CURRENT = 'credential:1:current';
const PREVIOUS = 'credential:1:previous';
const ACCOUNTS = [CURRENT, PREVIOUS];

/** Stands for the machine's own keychain, which may be gone or locked. */
class OsDouble extends MemoryKeychain {
  broken: KeychainErrorCode | null = null;
  /** How often it may have put its prompt before the person. */
  probes = 0;
  /** How many more values it takes. */
  room = Number.POSITIVE_INFINITY;

  override async get(account: string): Promise<Secret | null> {
    if (this.broken === 'keychain-locked') return null;
    this.#check();
    return super.get(account);
  }

  override async set(account: string, value: Secret): Promise<void> {
    this.#check();
    if (this.room === 0) throw new KeychainError('keychain-read-back', 'It is full.', 'Make room.');
    this.room -= 1;
    await super.set(account, value);
  }

  override async probe(): Promise<void> {
    this.probes += 1;
    await new Promise((resolve) => setImmediate(resolve));
    this.#check();
  }

  #check(): void {
    if (this.broken) throw new KeychainError(this.broken, 'The keychain can’t be used.', 'Mend it.');
  }
}

let made: string;
let folder: string;
let os: OsDouble;
let chosen: ChosenKeychain;

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'rekey-'));
  await new FileKeychain(join(made, 'keychain.json')).create(new Secret(PASSPHRASE));
});
afterAll(() => rm(made, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  os = new OsDouble();
  chosen = open();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As after a start of the app. */
function open(env: Record<string, string> = {}): ChosenKeychain {
  return new ChosenKeychain({ dataFolder: folder, env, os });
}

async function haveFile(): Promise<void> {
  await copyFile(join(made, 'keychain.json'), join(folder, 'keychain.json'));
  await writeFile(join(folder, 'keychain-choice.json'), '{"version":1,"kind":"file"}');
}

const chooseFile = { kind: 'file', passphrase: PASSPHRASE } as const;
const value = (text: string): Secret => new Secret(text);

describe('the keychain in use', () => {
  it('is the machine’s own without a question, and this is noted with the first key', async () => {
    expect(await chosen.state()).toEqual({ kind: 'os', status: 'ready', problem: null });
    expect(await readdir(folder)).toEqual([]);
    await chosen.set(CURRENT, value('first'));
    expect((await os.get(CURRENT))?.reveal()).toBe('first');
    expect(await readdir(folder)).toEqual(['keychain-choice.json']);
  });

  it.each(['keychain-no-session', 'keychain-no-service', 'keychain-no-collection', 'keychain-failed'] as const)(
    'is none where the machine has none (%s) and nobody has chosen',
    async (code) => {
      os.broken = code;
      expect(await chosen.state()).toMatchObject({
        kind: null,
        status: 'absent',
        problem: { code: 'keychain-not-chosen' },
      });
      const error = { code: 'keychain-not-chosen' };
      await expect(chosen.get(CURRENT)).rejects.toMatchObject(error);
      await expect(chosen.set(CURRENT, value('x'))).rejects.toMatchObject(error);
      await expect(chosen.delete(CURRENT)).rejects.toMatchObject(error);
      await expect(chosen.probe()).rejects.toMatchObject(error);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('stays the machine’s own once it holds a key, and its absence is a fault', async () => {
    await chosen.set(CURRENT, value('first'));
    os.broken = 'keychain-no-service';
    chosen = open();
    expect(await chosen.state()).toMatchObject({
      kind: 'os',
      status: 'failed',
      problem: { code: 'keychain-no-service' },
    });
    await expect(chosen.get(CURRENT)).rejects.toMatchObject({ code: 'keychain-no-service' });
  });

  it('is locked, and not absent, where the machine’s own is locked', async () => {
    os.broken = 'keychain-locked';
    expect(await chosen.state()).toMatchObject({ kind: 'os', status: 'locked' });
    os.broken = null;
    expect(await chosen.unlock(undefined)).toMatchObject({ kind: 'os', status: 'ready' });
  });
});

describe('a locked keychain of the machine', () => {
  beforeEach(async () => {
    await chosen.set(CURRENT, value('kept'));
    chosen = open();
    os.probes = 0;
    os.broken = 'keychain-locked';
  });

  it('is asked once, however many want to know its state, and however often', async () => {
    const locked = { kind: 'os', status: 'locked', problem: { code: 'keychain-locked' } };
    for (const state of await Promise.all([chosen.state(), chosen.state(), chosen.state()]))
      expect(state).toMatchObject(locked);
    expect(await chosen.state()).toMatchObject(locked);
    expect(os.probes).toBe(1);
  });

  it('is asked again when the person unlocks it', async () => {
    await chosen.state();
    expect(await chosen.unlock(undefined)).toMatchObject({ status: 'locked' });
    os.broken = null;
    expect(await chosen.unlock(undefined)).toMatchObject({ status: 'ready' });
    expect(os.probes).toBe(3);
  });

  it('is known to be open when it gives a key', async () => {
    await chosen.state();
    os.broken = null;
    expect((await chosen.get(CURRENT))?.reveal()).toBe('kept');
    expect(await chosen.state()).toMatchObject({ status: 'ready' });
  });
});

describe('choosing a keychain', () => {
  it('takes the encrypted file into use, and a later start finds it locked until the passphrase comes', async () => {
    os.broken = 'keychain-no-session';
    expect(await chosen.choose(chooseFile, [])).toEqual({ kind: 'file', status: 'ready', problem: null });
    await chosen.set(CURRENT, value('first'));
    const later = open();
    expect(await later.state()).toMatchObject({ kind: 'file', status: 'locked' });
    await expect(later.get(CURRENT)).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(later.unlock('something else')).rejects.toMatchObject({ code: 'keychain-wrong-passphrase' });
    expect(await later.unlock(PASSPHRASE)).toMatchObject({ kind: 'file', status: 'ready' });
    expect((await later.get(CURRENT))?.reveal()).toBe('first');
  });

  it('carries the keys over to the file and back, and leaves copies', async () => {
    await chosen.set(CURRENT, value('first'));
    await chosen.set(PREVIOUS, value('zeroth'));
    await chosen.choose(chooseFile, ACCOUNTS);
    expect(os.accounts().sort()).toEqual(ACCOUNTS);
    os.broken = 'keychain-no-session';
    expect((await chosen.get(CURRENT))?.reveal()).toBe('first');
    expect((await chosen.get(PREVIOUS))?.reveal()).toBe('zeroth');
    await chosen.set(CURRENT, value('second'));
    os.broken = null;
    expect(await chosen.choose({ kind: 'os' }, ACCOUNTS)).toMatchObject({ kind: 'os', status: 'ready' });
    expect((await os.get(CURRENT))?.reveal()).toBe('second');
    expect((await open().get(CURRENT))?.reveal()).toBe('second');
    expect(await readFile(join(folder, 'keychain.json'), 'utf8')).not.toContain('second');
  });

  it('carries over what is there of the rest, which is no condition', async () => {
    await chosen.set('backups:seal', value('seal'));
    await chosen.choose(chooseFile, [], ['backups:seal', 'not:there']);
    os.broken = 'keychain-no-session';
    expect((await chosen.get('backups:seal'))?.reveal()).toBe('seal');
    expect(await chosen.get('not:there')).toBeNull();
  });

  it.each(['keychain-no-service', 'keychain-locked'] as const)(
    'does not hold on to a keychain for the sake of the rest (%s)',
    async (broken) => {
      os.broken = broken;
      expect(await chosen.choose(chooseFile, [], ['backups:seal'])).toMatchObject({ kind: 'file', status: 'ready' });
    },
  );

  it('leaves the choice as it was when the keychain in use gives no keys', async () => {
    await chosen.set(CURRENT, value('first'));
    os.broken = 'keychain-locked';
    await expect(chosen.choose(chooseFile, ACCOUNTS)).rejects.toMatchObject({ code: 'keychain-locked' });
    os.broken = null;
    expect(chosen.kind).toBe('os');
    expect(await open().state()).toMatchObject({ kind: 'os', status: 'ready' });
    expect((await chosen.get(CURRENT))?.reveal()).toBe('first');
  });

  it.each([0, 1])('leaves the choice as it was when the new one takes %i of the keys only', async (room) => {
    await haveFile();
    await chosen.unlock(PASSPHRASE);
    await chosen.set(CURRENT, value('first'));
    await chosen.set(PREVIOUS, value('zeroth'));
    os.room = room;
    await expect(chosen.choose({ kind: 'os' }, ACCOUNTS)).rejects.toMatchObject({ code: 'keychain-read-back' });
    expect(await open().state()).toMatchObject({ kind: 'file' });
    expect((await chosen.get(CURRENT))?.reveal()).toBe('first');
  });

  it('leaves the choice as it was when the new one can’t be used', async () => {
    await haveFile();
    os.broken = 'keychain-no-service';
    await expect(chosen.choose({ kind: 'os' }, [])).rejects.toMatchObject({ code: 'keychain-no-service' });
    expect(await chosen.state()).toMatchObject({ kind: 'file', status: 'locked' });
  });

  it('leaves the choice as it was when it can’t be noted', async () => {
    os.broken = 'keychain-no-session';
    await copyFile(join(made, 'keychain.json'), join(folder, 'keychain.json'));
    await mkdir(join(folder, 'keychain-choice.json', 'x'), { recursive: true });
    await expect(chosen.choose(chooseFile, [])).rejects.toMatchObject({ code: 'keychain-failed' });
  });

  it('does not take a passphrase that isn’t the one of the file that is there', async () => {
    os.broken = 'keychain-no-session';
    await copyFile(join(made, 'keychain.json'), join(folder, 'keychain.json'));
    const file = new FileKeychain(join(folder, 'keychain.json'));
    await file.unlock(value(PASSPHRASE));
    await file.set(CURRENT, value('kept'));
    await expect(chosen.choose({ kind: 'file', passphrase: 'something else' }, [])).rejects.toMatchObject({
      code: 'keychain-wrong-passphrase',
    });
    expect(await chosen.state()).toMatchObject({ status: 'absent' });
  });
});

describe('REKEY_PASSPHRASE_FILE', () => {
  it.each(['', '\n', '\r\n'])('unlocks a chosen file; a line’s end does not count (%j)', async (end) => {
    await haveFile();
    const file = join(folder, 'passphrase');
    await writeFile(file, `${PASSPHRASE}${end}`);
    const keychain = open({ REKEY_PASSPHRASE_FILE: file });
    expect(await Promise.all([keychain.state(), keychain.get(CURRENT)])).toEqual([
      { kind: 'file', status: 'ready', problem: null },
      null,
    ]);
  });

  it('does not choose: where nobody has, nothing is used', async () => {
    os.broken = 'keychain-no-session';
    const file = join(folder, 'passphrase');
    await writeFile(file, PASSPHRASE);
    expect(await open({ REKEY_PASSPHRASE_FILE: file }).state()).toMatchObject({ kind: null, status: 'absent' });
    expect(await readdir(folder)).toEqual(['passphrase']);
  });

  it('leaves the file locked when it can’t be read, says so, and lets the person enter the passphrase', async () => {
    await haveFile();
    const keychain = open({ REKEY_PASSPHRASE_FILE: join(folder, 'none') });
    const state = await keychain.state();
    expect(state).toMatchObject({ kind: 'file', status: 'locked', problem: { code: 'keychain-locked' } });
    expect(state.problem?.message).toContain('ENOENT');
    expect(await keychain.unlock(PASSPHRASE)).toMatchObject({ status: 'ready' });
  });

  it('says so when it holds another passphrase', async () => {
    await haveFile();
    const file = join(folder, 'passphrase');
    await writeFile(file, 'something else');
    const state = await open({ REKEY_PASSPHRASE_FILE: file }).state();
    expect(state).toMatchObject({ kind: 'file', status: 'locked', problem: { code: 'keychain-wrong-passphrase' } });
  });
});

describe('a choice that can’t be understood', () => {
  it('leads to the encrypted file where there is one, and never to another keychain in silence', async () => {
    await haveFile();
    await writeFile(join(folder, 'keychain-choice.json'), '{"version":1,"ki');
    expect(await chosen.state()).toMatchObject({ kind: 'file', status: 'locked' });
    await expect(chosen.set(CURRENT, value('x'))).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(os.accounts()).toEqual([]);
  });

  it('is a fault, and no choice, when it can’t be read at all', async () => {
    await mkdir(join(folder, 'keychain-choice.json'));
    expect(await chosen.state()).toMatchObject({ status: 'failed', problem: { code: 'keychain-failed' } });
    await expect(chosen.set(CURRENT, value('x'))).rejects.toMatchObject({ code: 'keychain-failed' });
    expect(os.accounts()).toEqual([]);
  });
});
