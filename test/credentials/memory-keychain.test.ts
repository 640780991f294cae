import { describe, expect, it } from 'vitest';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';

describe('the keychain in memory', () => {
  it('keeps and refuses what the others do', async () => {
    const keychain = new MemoryKeychain();
    expect(await keychain.get('a')).toBeNull();
    await keychain.set('a', new Secret('x'.repeat(2_500)));
    for (const value of ['', 'a\0b', 'x'.repeat(2_501), '\udc00']) {
      await expect(keychain.set('a', new Secret(value))).rejects.toMatchObject({ code: 'keychain-value-refused' });
    }
    expect((await keychain.get('a'))?.reveal()).toHaveLength(2_500);
    await keychain.delete('a');
    await keychain.delete('a');
    expect(keychain.accounts()).toEqual([]);
  });
});
