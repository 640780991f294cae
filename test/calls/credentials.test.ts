import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('adding a key', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const add = (change: Partial<Parameters<typeof sandbox.call<'addCredential'>>[1]> = {}) =>
    sandbox.call('addCredential', {
      name: 'work',
      provider: 'bitscale',
      key: service.key,
      baseUrl: service.url,
      ...change,
    });

  it('asks the service about it, and keeps it in the keychain and nowhere else', async () => {
    const added = await add();
    expect(added).toMatchObject({
      name: 'work',
      masked: `sk-live-•••• (${added.fingerprint})`,
      state: 'ok',
      verification: { state: 'accepted', account: 'Acme' },
    });
    expect((await sandbox.keychain.get(`credential:${added.id}:current`))?.reveal()).toBe(service.key);
    for (const { bytes } of await filesBelow(sandbox.home)) expect(bytes.includes(service.key)).toBe(false);
    expect(JSON.stringify(sandbox.events)).not.toContain(service.key);
  });

  const REFUSED = [
    ['an unknown provider', { provider: 'nobody' }, 'provider-unknown'],
    ['a key that looks like none of this provider’s', { key: 'AKIA-something-else' }, 'credential-key-form'],
    ['a key with a space at its end', { key: 'sk-live-0123456789abcdef ' }, 'credential-key-form'],
    ['a key that the service does not accept', { key: 'sk-live-0123456789abcdef' }, 'credential-key-refused'],
    ['a setting that the provider does not have', { settings: { colour: 'red' } }, 'credential-setting-unknown'],
    ['a service that is not reached over https', { baseUrl: 'http://api.bitscale.example/api' }, 'base-url-insecure'],
    ['an address that is none', { baseUrl: 'not a url' }, 'base-url-invalid'],
    ['a name of nothing but spaces', { name: '  ' }, 'bad-input'],
  ] as const;
  it.each(REFUSED)('refuses %s, says so without the key, and keeps nothing', async (_, change, code) => {
    const failure = add(change);
    await expect(failure).rejects.toMatchObject({ code, wayOut: expect.stringMatching(/\w/) });
    await expect(failure).rejects.not.toThrow(/AKIA|0123456789abcdef/);
    expect(await sandbox.call('listCredentials', {})).toEqual([]);
    expect(sandbox.keychain.accounts()).toEqual([]);
  });

  it('refuses the same key a second time, and names the first', async () => {
    await add();
    await expect(add({ name: 'again' })).rejects.toMatchObject({
      code: 'credential-key-known',
      message: expect.stringContaining('“work”'),
    });
    await expect(add({ key: 'sk-live-ffffffffffffffff', evenIfRefused: true, name: 'WORK' })).rejects.toMatchObject({
      code: 'credential-name-taken',
    });
    expect(await sandbox.call('listCredentials', {})).toHaveLength(1);
  });

  it('keeps a key that can’t be asked about, and says that it is not known', async () => {
    service.fail('verification-500');
    expect(await add()).toMatchObject({ verification: { state: 'unknown' } });
  });

  it('keeps a refused key only when the person says so', async () => {
    expect(await add({ key: 'sk-live-0123456789abcdef', evenIfRefused: true })).toMatchObject({
      state: 'needs-you',
      verification: { state: 'refused' },
    });
  });

  it('finds a key by its name, and says which there are when there is no such one', async () => {
    await add();
    expect(await sandbox.call('verifyCredential', { credential: 'Work' })).toMatchObject({
      state: 'accepted',
      account: 'Acme',
    });
    await expect(sandbox.call('verifyCredential', { credential: 'home' })).rejects.toMatchObject({
      code: 'credential-unknown',
      wayOut: 'It holds “work”.',
    });
  });

  it('is undone by removing it, but not while it is rotated, and not by a program where programs may not confirm', async () => {
    await add();
    await sandbox.call('changeSettings', { allowScriptedConfirmation: false });
    await expect(sandbox.call('removeCredential', { credential: 'work' }, 'script')).rejects.toMatchObject({
      code: 'call-not-allowed',
    });
    service.fail({ answersAfterMs: 300 });
    const running = sandbox.rotate('work');
    await expect.poll(() => service.rotationRequests).toBe(1);
    await expect(sandbox.call('removeCredential', { credential: 'work' })).rejects.toMatchObject({
      code: 'rotation-running',
    });
    await running;
    await sandbox.call('removeCredential', { credential: 'work' });
    // What earlier versions of files are sealed with stays.
    await expect.poll(() => sandbox.keychain.accounts()).toEqual(['backups:seal']);
  });
});
