import { chmod, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';

const PASSPHRASE = new Secret('correct horse battery');
const VALUE = new Secret('sk-live-0123456789abcdef');

let folder: string;
let path: string;
let empty: string;
/** Unlocked once: making a key of a passphrase takes half a second. */
let one: FileKeychain;
let other: FileKeychain;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'keychain.json');
  one = new FileKeychain(path);
  other = new FileKeychain(path);
  await one.create(PASSPHRASE);
  await other.unlock(PASSPHRASE);
  empty = await readFile(path, 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => writeFile(path, empty));

interface Content {
  readonly scrypt: { readonly N: number };
  readonly entries: Record<string, string>;
}

async function content(): Promise<Content> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Writes the file with a change that Rekey would not make, and gives its text. */
async function tamper(change: (content: Content) => unknown): Promise<string> {
  const text = JSON.stringify(change(await content()));
  await writeFile(path, text);
  return text;
}

describe('the encrypted file', () => {
  it('gives back what it was given, under its name only, until it is deleted', async () => {
    expect(await one.get('a')).toBeNull();
    await one.set('a', VALUE);
    await one.set('b', new Secret('\u5bc6\u94a5 \ud83d\udd11 "\\\n'));
    expect((await one.get('a'))?.equals(VALUE)).toBe(true);
    expect((await one.get('b'))?.reveal()).toBe('\u5bc6\u94a5 \ud83d\udd11 "\\\n');
    await one.set('a', new Secret('another'));
    expect((await one.get('a'))?.reveal()).toBe('another');
    await one.delete('a');
    await one.delete('a');
    expect(await one.get('a')).toBeNull();
    expect(await one.get('toString')).toBeNull();
  });

  it('leaves nothing behind when it is probed', async () => {
    await one.probe();
    expect((await content()).entries).toEqual({});
  });

  it('holds neither the value nor the passphrase, and is readable by its owner alone', async () => {
    await chmod(path, 0o644);
    await one.set('a', VALUE);
    const text = await readFile(path, 'utf8');
    for (const secret of [VALUE, PASSPHRASE]) {
      expect(text).not.toContain(secret.reveal());
      expect(text).not.toContain(Buffer.from(secret.reveal()).toString('base64').slice(0, 16));
    }
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('makes a key of the passphrase with 128 MiB of scrypt', async () => {
    expect((await content()).scrypt).toMatchObject({ N: 2 ** 17, r: 8, p: 1 });
  });

  it('opens with the same passphrase in another composition of its characters, and with no other', async () => {
    const composed = join(folder, 'composed.json');
    await new FileKeychain(composed).create(new Secret('caf\u00e9 au lait'));
    const before = await readFile(composed, 'utf8');
    const later = new FileKeychain(composed);
    await expect(later.unlock(new Secret('cafe au lait'))).rejects.toMatchObject({ code: 'keychain-wrong-passphrase' });
    expect(later.unlocked).toBe(false);
    await later.unlock(new Secret('cafe\u0301 au lait'));
    expect(later.unlocked).toBe(true);
    expect(await readFile(composed, 'utf8')).toBe(before);
  });

  it('takes and gives nothing while it is locked', async () => {
    const locked = new FileKeychain(path);
    const error = { code: 'keychain-locked' };
    await expect(locked.get('a')).rejects.toMatchObject(error);
    await expect(locked.set('a', VALUE)).rejects.toMatchObject(error);
    await expect(locked.delete('a')).rejects.toMatchObject(error);
    await expect(locked.probe()).rejects.toMatchObject(error);
    expect(await readFile(path, 'utf8')).toBe(empty);
  });

  it('is not made anew where there is one: the passphrase must be its own', async () => {
    await one.set('a', VALUE);
    const again = new FileKeychain(path);
    await expect(again.create(new Secret('some other phrase'))).rejects.toMatchObject({
      code: 'keychain-wrong-passphrase',
    });
    await again.create(PASSPHRASE);
    expect((await again.get('a'))?.equals(VALUE)).toBe(true);
  });

  it('is made anew where there is one that holds nothing, whatever its passphrase was', async () => {
    const place = join(folder, 'left-over.json');
    await copyFile(path, place);
    const again = new FileKeychain(place);
    await again.create(new Secret('some other phrase'));
    await again.set('a', VALUE);
    const later = new FileKeychain(place);
    await expect(later.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'keychain-wrong-passphrase' });
    await later.unlock(new Secret('some other phrase'));
    expect((await later.get('a'))?.equals(VALUE)).toBe(true);
  });

  it('is made once when two make it at the same time', async () => {
    const place = join(folder, 'twice.json');
    const [first, second] = [new FileKeychain(place), new FileKeychain(place)];
    await Promise.all([first.create(PASSPHRASE), second.create(PASSPHRASE)]);
    await first.set('a', VALUE);
    expect((await second.get('a'))?.equals(VALUE)).toBe(true);
  });

  it.each(['', 'a\0b', 'x'.repeat(2_501), '\ud800'])(
    'refuses a value that the OS keychain would refuse (%#)',
    async (value) => {
      await expect(one.set('a', new Secret(value))).rejects.toMatchObject({ code: 'keychain-value-refused' });
      expect(await readFile(path, 'utf8')).toBe(empty);
    },
  );

  it('keeps 2,500 bytes', async () => {
    await one.set('a', new Secret('x'.repeat(2_500)));
    expect((await one.get('a'))?.reveal()).toHaveLength(2_500);
  });
});

describe('two that write to one encrypted file', () => {
  it('lose nothing in turns', async () => {
    await one.set('a', VALUE);
    await other.set('b', VALUE);
    await one.delete('a');
    await other.set('c', VALUE);
    expect(Object.keys((await content()).entries).sort()).toEqual(['b', 'c']);
    expect((await one.get('c'))?.equals(VALUE)).toBe(true);
  });

  it('lose nothing at the same time', async () => {
    const accounts = Array.from({ length: 10 }, (_, index) => `${index}`);
    await Promise.all(
      accounts.map((account, index) => (index % 2 ? one : other).set(account, new Secret(`value ${account}`))),
    );
    for (const account of accounts) expect((await one.get(account))?.reveal()).toBe(`value ${account}`);
  });
});

describe('an encrypted file that somebody changed', () => {
  it.each<[string, (content: Content) => unknown]>([
    ['is of another form', ({ entries }) => ({ entries })],
    ['is of a newer version', (content) => ({ ...content, version: 2 })],
    ['has parameters that scrypt refuses', (content) => ({ ...content, scrypt: { ...content.scrypt, N: 3 } })],
    [
      'wants more memory than there is',
      (content) => ({ ...content, scrypt: { ...content.scrypt, N: 2 ** 20, r: 32 } }),
    ],
  ])('is called damaged and left as it is when it %s', async (_, change) => {
    const text = await tamper(change);
    await expect(new FileKeychain(path).unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'keychain-damaged' });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('takes nothing more when it is no JSON, and is left as it is', async () => {
    await writeFile(path, empty.slice(0, 100));
    await expect(one.set('a', VALUE)).rejects.toMatchObject({ code: 'keychain-damaged' });
    await expect(one.delete('a')).rejects.toMatchObject({ code: 'keychain-damaged' });
    expect(await readFile(path, 'utf8')).toBe(empty.slice(0, 100));
  });

  it('gives no value of which a bit was changed', async () => {
    await one.set('a', VALUE);
    await tamper((content) => {
      const sealed = Buffer.from(content.entries.a ?? '', 'base64');
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      return { ...content, entries: { a: sealed.toString('base64') } };
    });
    await expect(one.get('a')).rejects.toMatchObject({ code: 'keychain-damaged' });
  });

  it('gives no value under another name than its own', async () => {
    await one.set('a', VALUE);
    await tamper((content) => ({ ...content, entries: { b: content.entries.a } }));
    await expect(one.get('b')).rejects.toMatchObject({ code: 'keychain-damaged' });
  });

  it('takes nothing that the passphrase of another file put in its place would not open', async () => {
    const place = join(folder, 'replaced.json');
    await new FileKeychain(place).create(new Secret('another passphrase'));
    const replacement = await readFile(place, 'utf8');
    const keychain = new FileKeychain(path);
    await keychain.unlock(PASSPHRASE);
    await writeFile(path, replacement);
    await expect(keychain.set('a', VALUE)).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(await readFile(path, 'utf8')).toBe(replacement);
    await keychain.unlock(new Secret('another passphrase'));
    await keychain.set('a', VALUE);
    expect((await keychain.get('a'))?.equals(VALUE)).toBe(true);
  });

  it('says that it can’t be read or written when it is gone', async () => {
    const gone = new FileKeychain(join(folder, 'none', 'keychain.json'));
    await expect(gone.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'keychain-failed' });
    await expect(gone.create(PASSPHRASE)).rejects.toMatchObject({ code: 'keychain-failed' });
    expect(gone.unlocked).toBe(false);
  });
});
