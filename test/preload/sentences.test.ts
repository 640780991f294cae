import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../preload/sentences/catalogue.ts';
import { inLanguage } from '../../preload/sentences/in-language.ts';

const catalogue = readCatalogue({
  'Nothing was changed.': '没有任何更改。',
  '{0} can’t be read: {1} ({2}).': '无法读取 {0}：{say 1}（{2}）。',
  'your account may not read it': '您的账户没有读取权限',
  '“{0}” asked for {1}.': '{1} 由“{0}”请求。',
  'the disk is full': '磁盘已满',
  '{0} It was left.': '{say 0}它已保持原样。',
});

describe('a catalogue of sentences', () => {
  it('says what stands in it, with the values in the order of its own language', () => {
    expect(catalogue.say('Nothing was changed.')).toBe('没有任何更改。');
    expect(catalogue.say('“work” asked for a key.')).toBe('a key 由“work”请求。');
  });

  it('says clauses and sentences within others too, and leaves paths and names as they are', () => {
    expect(catalogue.say('/a/b (1).json can’t be read: your account may not read it (EACCES).')).toBe(
      '无法读取 /a/b (1).json：您的账户没有读取权限（EACCES）。',
    );
    expect(catalogue.say('the disk is full It was left.')).toBe('磁盘已满它已保持原样。');
    // A file of that name is no clause.
    expect(catalogue.say('the disk is full can’t be read: broken (X).')).toBe(
      '无法读取 the disk is full：broken（X）。',
    );
  });

  it('goes sentence by sentence where it does not know the whole, and says nothing by halves', () => {
    expect(catalogue.say('“work” asked for a key. Nothing was changed.')).toBe('a key 由“work”请求。没有任何更改。');
    expect(catalogue.say('Something else. Nothing was changed.')).toBe('Something else. Nothing was changed.');
  });

  it('leaves what it does not know in English', () => {
    for (const text of ['', 'sk-live-1234', '{0}', 'Nobody knows this sentence.'])
      expect(catalogue.say(text)).toBe(text);
  });

  it('frames a clause that it knows, and no path that looks like it', () => {
    const frames = readCatalogue({ '{0} ({1})': '{say 0}（{say 1}）', user: '用户', older: '旧版' });
    expect(frames.say('user (older)')).toBe('用户（旧版）');
    expect(frames.say('user (Windsurf)')).toBe('用户（Windsurf）');
    expect(frames.say('/home/sam/settings (older)')).toBe('/home/sam/settings (older)');
  });

  it('takes no word of a value for one of its own', () => {
    const name = '$& {say 0} {1} $1';
    expect(catalogue.say(`“${name}” asked for ${name}.`)).toBe(`${name} 由“${name}”请求。`);
  });

  it('leaves what is longer than any text of the core as it is', () => {
    const long = `“${'a'.repeat(4_000)}” asked for a key.`;
    expect(catalogue.say(long)).toBe(long);
  });
});

describe('a text of the core', () => {
  it('stays as it is in English', () => {
    expect(inLanguage('Nothing is known.', 'en')).toBe('Nothing is known.');
  });

  it('is said in Chinese, down to the reason that the service gave', () => {
    const text =
      'The rotation of “work” did not happen (it answered 503): BitScale still accepts the old key. Nothing was changed.';
    expect(inLanguage(text, 'zh-CN')).toBe('“work”没有轮换（它应答 503）：BitScale 仍然接受旧密钥。没有任何更改。');
  });
});
