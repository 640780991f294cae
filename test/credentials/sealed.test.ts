import { describe, expect, it } from 'vitest';
import { newSealKey, seal, unseal } from '../../main/credentials/sealed.ts';

const key = newSealKey();
const bytes = Buffer.from('what the service answered');

describe('a seal', () => {
  it('opens with its key and its context', () => {
    expect(unseal(key, seal(key, bytes))).toEqual(bytes);
    expect(unseal(key, seal(key, bytes, 'a'), 'a')).toEqual(bytes);
    expect(unseal(key, seal(key, Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
  });

  it('hides the bytes, and never seals them in the same way twice', () => {
    const [one, other] = [seal(key, bytes), seal(key, bytes)];
    expect(one.includes(bytes)).toBe(false);
    expect(one.equals(other)).toBe(false);
    expect(one.subarray(0, 12).equals(other.subarray(0, 12))).toBe(false);
  });

  it('does not open when any one bit was changed', () => {
    const sealed = seal(key, bytes);
    for (let at = 0; at < sealed.length * 8; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(() => unseal(key, changed)).toThrow();
    }
  });

  it('does not open when it was cut short or made longer', () => {
    const sealed = seal(key, bytes);
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => unseal(key, sealed.subarray(0, length))).toThrow();
    expect(() => unseal(key, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow();
  });

  it('does not open with another key or another context', () => {
    expect(() => unseal(newSealKey(), seal(key, bytes))).toThrow();
    expect(() => unseal(key, seal(key, bytes, 'a'), 'b')).toThrow();
    expect(() => unseal(key, seal(key, bytes, 'a'))).toThrow();
  });

  it('has a key of 256 bits that any keychain keeps', () => {
    expect(Buffer.from(key.reveal(), 'base64')).toHaveLength(32);
    expect(key.reveal()).toMatch(/^[\w+/=]+$/);
    expect(newSealKey().equals(key)).toBe(false);
  });
});
