import { describe, expect, it } from 'vitest';
import { patchCopyBytes } from '../../main/clean-up/patch-copy-bytes.ts';
import { Secret } from '../../main/credentials/secret.ts';

function patched(text: string, old: string, fresh: string): string | null {
  return patchCopyBytes(Buffer.from(text), '/a/copy', new Secret(old), new Secret(fresh))?.bytes.toString() ?? null;
}

describe('in a copy, the new key', () => {
  it('takes the place of the old one as a whole word, in any notation', () => {
    expect(patched('a: sk-old-12345 # sk-old-12345\nb: sk-old-123456', 'sk-old-12345', 'sk-new-67890')).toBe(
      'a: sk-new-67890 # sk-new-67890\nb: sk-old-123456',
    );
  });

  it('is written as the old one was, where that shows how', () => {
    const [old, fresh] = ['old/"key" +é 1', 'new/"key" +ü 2'];
    const text = (key: string): string =>
      `{"a":${JSON.stringify(key)},"b":"https://x.example/?k=${encodeURIComponent(key)}"}`;
    expect(patched(text(old), old, fresh)).toBe(text(fresh));
  });

  it('is refused where nobody can tell how to write it', () => {
    expect(() => patched('{"a":"sk-old-12345"}', 'sk-old-12345', 'sk"new')).toThrow('how the old one is');
  });

  it('is nowhere when the old one isn’t there, or is too short to be told from any word', () => {
    expect(patched('nothing', 'sk-old-12345', 'sk-new-67890')).toBeNull();
    expect(patched('short', 'short', 'longer')).toBeNull();
  });
});
