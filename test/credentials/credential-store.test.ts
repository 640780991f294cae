import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credential } from '../../main/credentials/credential.schema.ts';
import { CredentialStore } from '../../main/credentials/credential-store.ts';
import { KeychainError, type KeychainErrorCode } from '../../main/credentials/keychain.ts';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { Fault, type FaultForm, FaultyIndex, FaultyKeychain, faultForms } from './fault.ts';

const NOW = '2026-01-02T03:04:05.000Z';
const OLD = new Secret('sk-live-old-0123456789');
const NEW = new Secret('sk-live-new-0123456789');
const HMAC = new Secret('hmac-0123456789');
const ROTATION = 'r1';

let folder: string;
let path: string;
let keychain: MemoryKeychain;
let store: CredentialStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'credentials.json');
  keychain = new MemoryKeychain();
  store = storeWith(new Fault(Number.POSITIVE_INFINITY, 'killed before'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** On the same keychain and the same index, as after a start of the app. */
function storeWith(fault: Fault): CredentialStore {
  return new CredentialStore({
    index: new FaultyIndex(path, fault),
    keychain: new FaultyKeychain(keychain, fault),
    now: () => new Date(NOW),
  });
}

type New = Parameters<CredentialStore['add']>[0];

function given(change: Partial<New> = {}): New {
  return {
    name: 'work',
    provider: 'bitscale',
    baseUrl: 'https://api.example.test/',
    kind: null,
    settings: {},
    verification: null,
    secret: OLD,
    ...change,
  };
}

const current = (id: string): string => `credential:${id}:current`;
const previous = (id: string): string => `credential:${id}:previous`;

/** The promise that holds at every instant: no name without its key. */
async function expectNoNameWithoutKey(): Promise<void> {
  for (const { id } of await store.list()) expect(await keychain.get(current(id))).not.toBeNull();
}

/** Fails at the first use, then at the second, and so on until the work gets through. */
async function atEveryUse(fails: FaultForm, round: (fault: Fault) => Promise<void>): Promise<void> {
  let at = 1;
  for (; ; at += 1) {
    const fault = new Fault(at, fails);
    await round(fault);
    if (!fault.hasCome) break;
  }
  expect(at).toBeGreaterThan(2);
}

describe('the credentials', () => {
  it('keep the key in the keychain and everything else in an index without it', async () => {
    const added = await store.add(given({ settings: { agent_id: 'a1' } }));
    expect(added).toMatchObject({ name: 'work', fingerprint: OLD.fingerprint, createdAt: NOW, rotatedAt: null });
    expect(await store.list()).toEqual([added]);
    expect((await store.secretOf(added.id)).equals(OLD)).toBe(true);
    expect(await readFile(path, 'utf8')).not.toContain(OLD.reveal());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(keychain.accounts()).toEqual([current(added.id)]);
  });

  it('are found by id and by name, whatever the case', async () => {
    const added = await store.add(given({ name: 'Büro Key' }));
    for (const ref of [added.id, 'Büro Key', 'büro key', 'BÜRO KEY', 'bu\u0308ro key']) {
      expect((await store.find(ref)).id).toBe(added.id);
    }
    for (const ref of ['buro key', 'Büro', '']) {
      await expect(store.find(ref)).rejects.toMatchObject({
        code: 'credential-unknown',
        wayOut: expect.stringContaining('Büro Key'),
      });
    }
  });

  it('refuse a name that is taken, whatever the case, and keep nothing', async () => {
    await store.add(given());
    const work = store.add(given({ name: 'WORK', secret: NEW }));
    await expect(work).rejects.toMatchObject({ code: 'credential-name-taken' });
    expect(await store.list()).toHaveLength(1);
    expect(keychain.accounts()).toHaveLength(1);
  });

  it('refuse a key that is known, say under which name, and keep nothing', async () => {
    await store.add(given());
    await expect(store.add(given({ name: 'other' }))).rejects.toMatchObject({
      code: 'credential-key-known',
      message: expect.stringContaining('“work”'),
    });
    await expect(store.checkNew({ name: 'other', secret: OLD })).rejects.toMatchObject({
      code: 'credential-key-known',
    });
    expect(keychain.accounts()).toHaveLength(1);
  });

  it('take one of two that come with the same name at the same time, and keep no key of the other', async () => {
    const results = await Promise.allSettled([store.add(given()), store.add(given({ secret: NEW }))]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(keychain.accounts()).toHaveLength(1);
    await expectNoNameWithoutKey();
  });

  it('change what is asked and nothing else', async () => {
    const added = await store.add(given());
    await store.add(given({ name: 'other', secret: NEW }));
    const verification = { state: 'accepted', at: NOW, account: 'sam' } as const;
    expect(await store.update(added.id, { verification })).toEqual({ ...added, verification });
    expect(await store.find('other')).toMatchObject({ verification: null });
    await expect(store.update('none', { verification })).rejects.toMatchObject({ code: 'credential-unknown' });
  });

  it('call a key locked, never missing, that the keychain does not give', async () => {
    const { id } = await store.add(given());
    await keychain.delete(current(id));
    await expect(store.secretOf(id)).rejects.toMatchObject({ code: 'keychain-locked' });
  });

  it('forget a credential with everything that belongs to it, and nothing else', async () => {
    const other = await store.add(given({ name: 'other', secret: HMAC }));
    const { id } = await store.add(given());
    await store.stage(ROTATION, { key: NEW, companions: { hmac_secret: HMAC }, replaces: null });
    await promote({ id, create: null });
    await store.unstage(ROTATION);
    expect(keychain.accounts()).toHaveLength(4);
    await store.remove(id);
    expect(keychain.accounts()).toEqual([current(other.id)]);
    expect(await store.list()).toEqual([other]);
    await expect(store.remove(id)).rejects.toMatchObject({ code: 'credential-unknown' });
  });

  it.each<[KeychainErrorCode, boolean]>([
    ['keychain-locked', false],
    ['keychain-failed', false],
    ['keychain-no-session', true],
    ['keychain-no-service', true],
    ['keychain-not-chosen', true],
  ])('with a keychain that is %s: a credential can be removed: %s', async (code, removed) => {
    const { id } = await store.add(given());
    keychain.probe = () => Promise.reject(new KeychainError(code, 'It can’t be used.', 'Mend it.'));
    const work = store.remove(id);
    if (removed) await work;
    else await expect(work).rejects.toMatchObject({ code });
    expect(await store.list()).toHaveLength(removed ? 0 : 1);
    expect(await keychain.get(current(id))).not.toBeNull();
  });

  it('name every account that they have in the keychain', async () => {
    const { id } = await store.add(given());
    await store.stage(ROTATION, { key: NEW, companions: { hmac_secret: HMAC }, replaces: null });
    await promote({ id, create: null });
    await store.unstage(ROTATION);
    expect((await store.accounts()).sort()).toEqual(keychain.accounts().sort());
  });
});

describe('a new key that is pending', () => {
  it('is given back with what came along, until it is not needed any more', async () => {
    expect(await store.staged(ROTATION)).toBeNull();
    await store.stage(ROTATION, { key: NEW, companions: { hmac_secret: HMAC }, replaces: null });
    const staged = await store.staged(ROTATION);
    expect(staged?.key.equals(NEW)).toBe(true);
    expect(staged?.companions.hmac_secret?.equals(HMAC)).toBe(true);
    await store.unstage(ROTATION);
    await store.unstage(ROTATION);
    expect(await store.staged(ROTATION)).toBeNull();
    expect(keychain.accounts()).toEqual([]);
  });

  it('is refused when it does not fit into every keychain with what came along', async () => {
    const long = new Secret('x'.repeat(1_300));
    await expect(store.stage(ROTATION, { key: long, companions: { a: long }, replaces: null })).rejects.toMatchObject({
      code: 'keychain-value-refused',
    });
  });

  it('does not stand in the error when somebody has edited it', async () => {
    await keychain.set(`pending:${ROTATION}`, NEW);
    const error: unknown = await store.staged(ROTATION).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'keychain-damaged' });
    expect(inspect(error)).not.toContain(NEW.reveal().slice(0, 8));
  });
});

/** All that makes the pending key the current one. */
async function promote(target: { id: string; create: Credential | null }, into = store): Promise<void> {
  const pending = await into.promote(ROTATION, target.id, null);
  await into.settle(ROTATION, target, () => ({ rotatedAt: NOW }), pending);
}

describe('promotion of a new key', () => {
  it('makes it the current one and the old one the previous, and does the same when done again', async () => {
    const { id } = await store.add(given());
    await store.stage(ROTATION, { key: NEW, companions: { hmac_secret: HMAC }, replaces: null });
    for (let time = 0; time < 3; time += 1) {
      await promote({ id, create: null });
      expect((await store.secretOf(id)).equals(NEW)).toBe(true);
      expect((await store.previousOf(id))?.equals(OLD)).toBe(true);
      expect((await store.companionOf(id, 'hmac_secret'))?.equals(HMAC)).toBe(true);
      expect(await store.find('work')).toMatchObject({
        fingerprint: NEW.fingerprint,
        rotatedAt: NOW,
        companions: ['hmac_secret'],
      });
      expect(await store.staged(ROTATION)).not.toBeNull();
    }
  });

  it('makes a credential of its own of a key that is new to Rekey', async () => {
    const operator = await store.add(given());
    const create: Credential = {
      ...operator,
      id: '11111111-1111-4111-8111-111111111111',
      name: 'agent',
      companions: [],
    };
    await store.stage(ROTATION, { key: NEW, companions: {}, replaces: null });
    await promote({ id: create.id, create });
    await promote({ id: create.id, create });
    expect((await store.list()).map(({ name }) => name).sort()).toEqual(['agent', 'work']);
    expect((await store.secretOf(create.id)).equals(NEW)).toBe(true);
    expect(await store.previousOf(create.id)).toBeNull();
    expect((await store.secretOf(operator.id)).equals(OLD)).toBe(true);
  });

  it('gives a new key a name of its own when its name was given away meanwhile', async () => {
    const other = await store.add(given({ name: 'Agent' }));
    const create: Credential = { ...other, id: '11111111-1111-4111-8111-111111111111', name: 'agent' };
    await store.stage(ROTATION, { key: NEW, companions: {}, replaces: null });
    await promote({ id: create.id, create });
    await promote({ id: create.id, create });
    expect((await store.list()).map(({ name }) => name).sort()).toEqual(['Agent', 'agent 2']);
    expect((await store.find('agent 2')).id).toBe(create.id);
  });

  it('calls it locked when nothing is pending', async () => {
    const { id } = await store.add(given());
    await expect(promote({ id, create: null })).rejects.toMatchObject({
      code: 'keychain-locked',
    });
    expect((await store.secretOf(id)).equals(OLD)).toBe(true);
  });

  it('does not let go of the key when its credential is not in the index any more', async () => {
    const { id } = await store.add(given());
    await store.stage(ROTATION, { key: NEW, companions: {}, replaces: null });
    await rm(path);
    await expect(promote({ id, create: null })).rejects.toMatchObject({
      code: 'credential-unknown',
    });
    expect((await store.staged(ROTATION))?.key.equals(NEW)).toBe(true);
  });

  it.each(faultForms)('has both keys wherever it is %s a use, and ends the same when it is done again', (form) =>
    atEveryUse(form, async (fault) => {
      const { id } = await store.add(given());
      await store.stage(ROTATION, { key: NEW, companions: { hmac_secret: HMAC }, replaces: null });
      await promote({ id, create: null }, storeWith(fault)).catch(() => {});
      const kept = await Promise.all([current(id), previous(id)].map((account) => keychain.get(account)));
      kept.push((await store.staged(ROTATION))?.replaces ?? null);
      expect(kept.some((secret) => secret?.equals(OLD))).toBe(true);
      expect((await store.staged(ROTATION))?.key.equals(NEW)).toBe(true);
      await expectNoNameWithoutKey();

      await promote({ id, create: null });
      expect((await store.secretOf(id)).equals(NEW)).toBe(true);
      expect((await store.previousOf(id))?.equals(OLD)).toBe(true);
      expect(await store.find(id)).toMatchObject({ fingerprint: NEW.fingerprint, companions: ['hmac_secret'] });
      await store.unstage(ROTATION);
      await store.remove(id);
      expect(keychain.accounts()).toEqual([]);
    }),
  );
});

describe.each(faultForms)('what is %s any use', (form) => {
  it('while a key is added, leaves no name without its key, and the key can be added again', () =>
    atEveryUse(form, async (fault) => {
      const added = await storeWith(fault)
        .add(given())
        .catch(() => null);
      await expectNoNameWithoutKey();
      const [listed] = await store.list();
      if (added) expect(listed).toEqual(added);
      if (!listed) await store.add(given());
      expect((await store.secretOf((await store.find('work')).id)).equals(OLD)).toBe(true);
      await store.remove((await store.find('work')).id);
    }));

  it('while a credential is removed, leaves no name without its key, and it can be removed again', () =>
    atEveryUse(form, async (fault) => {
      const { id } = await store.add(given());
      await storeWith(fault)
        .remove(id)
        .catch(() => {});
      await expectNoNameWithoutKey();
      if ((await store.list()).length > 0) await store.remove(id);
      expect(await store.list()).toEqual([]);
    }));
});

describe('an add that fails without a crash', () => {
  it('takes the key out of the keychain again when the index can’t be written', async () => {
    await rm(folder, { recursive: true });
    await expect(store.add(given())).rejects.toMatchObject({ code: 'storage-unwritable' });
    expect(keychain.accounts()).toEqual([]);
  });

  it('takes the key out again when the keychain wrote it and could not give it back', async () => {
    const write = keychain.set.bind(keychain);
    keychain.set = async (account, value) => {
      await write(account, value);
      throw new KeychainError('keychain-read-back', 'It gave something else.', 'Repair it.');
    };
    await expect(store.add(given())).rejects.toMatchObject({ code: 'keychain-read-back' });
    expect(keychain.accounts()).toEqual([]);
    expect(await store.list()).toEqual([]);
  });
});
