import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { Told } from './person.ts';
import type { AtCrash, AtEnd } from './states.ts';

const account = { wayOutOfLoss: 'https://service.example/keys' };
const atCrash: AtCrash = {
  journal: 'requested',
  files: { old: 3, fresh: 0, harmed: 0 },
  service: 'new',
  cutOff: 0,
  isReceived: false,
};
const good: AtEnd = {
  journal: 'done',
  files: { old: 0, fresh: 3, harmed: 0 },
  service: 'new',
  cutOff: 0,
  keychain: 'new',
  requests: { sent: 1, allowed: 1 },
  left: [],
  blocked: null,
};
const lost: Told = {
  code: 'key-lost',
  words: 'The service kept it. Make a new key at https://service.example/keys.',
  isLost: true,
};

function verdictOn(end: Partial<AtEnd>, told: readonly Told[] = [], crash: Partial<AtCrash> = {}) {
  return judge(account, { givesKey: true }, { ...atCrash, ...crash }, { ...good, ...end }, told);
}

describe('the judge of a row', () => {
  it('finds nothing wrong where the new key is in the keychain and in all files', () => {
    expect(verdictOn({})).toEqual({ key: 'kept', broken: [] });
  });

  it('counts a key as told that the service had kept, when the person got another by the words', () => {
    expect(verdictOn({}, [lost])).toEqual({ key: 'told', broken: [] });
  });

  it('asks more where the key was received: that nobody has to make another', () => {
    const broken = ['the key was received, and not kept'];
    const sealed = { isReceived: true };
    expect(verdictOn({}, [], sealed)).toEqual({ key: 'kept', broken: [] });
    expect(verdictOn({}, [lost], sealed)).toEqual({ key: 'told', broken });
    expect(judge(account, { givesKey: false }, { ...atCrash, ...sealed }, good, [lost]).broken).toEqual([]);
  });

  it('asks for the link in the words of a loss', () => {
    const wordless = { ...lost, words: 'The service kept it.' };
    expect(verdictOn({}, [wordless]).broken).toEqual(['no way out in the words “The service kept it.”']);
  });

  it('finds a key unchanged only while the service goes on taking it', () => {
    const unchanged = { keychain: 'old', files: { old: 3, fresh: 0, harmed: 0 } } as const;
    expect(verdictOn({ ...unchanged, service: 'old' })).toEqual({ key: 'unchanged', broken: [] });
    expect(verdictOn({ ...unchanged, service: 'both' })).toEqual({ key: 'unchanged', broken: [] });
    expect(verdictOn({ ...unchanged, service: 'new' }).key).toBe('LOST');
    expect(verdictOn({ ...unchanged, service: 'new, old dying' }).key).toBe('LOST');
  });

  it('finds a key lost that is not in the keychain', () => {
    expect(verdictOn({ keychain: 'none' }).key).toBe('LOST');
    expect(verdictOn({ keychain: 'another' }).key).toBe('LOST');
    expect(verdictOn({ keychain: 'another', service: 'old' }).key).toBe('LOST');
  });

  it.each<[string, Partial<AtEnd>, Partial<AtCrash>]>([
    ['1 files harmed by the crash', {}, { files: { old: 2, fresh: 0, harmed: 1 } }],
    ['1 files harmed', { files: { old: 0, fresh: 2, harmed: 1 } }, {}],
    ['1 files with a key that is no more', { files: { old: 1, fresh: 2, harmed: 0 } }, {}],
    ['2 files with a key that was revoked too early', {}, { cutOff: 2 }],
    ['1 requests too many, for 1 rotations', { requests: { sent: 2, allowed: 1 } }, {}],
    ['left over: a file', { left: ['a file'] }, {}],
    ['no further rotation: why', { blocked: 'why' }, {}],
  ])('says “%s”', (words, end, crash) => {
    expect(verdictOn(end, [], crash).broken).toEqual([words]);
  });
});
