import { describe, expect, it } from 'vitest';
import { findKeys } from '../../renderer/keys/find-keys.ts';
import { credentials } from '../e2e/scripted/credentials.ts';
import { hosts } from '../e2e/scripted/hosts.ts';

describe('keys are found', () => {
  const found = (asked: string): string[] => findKeys(credentials(), hosts(), asked).map(({ name }) => name);

  it.each([
    ['their name', 'WALLET', ['wallet']],
    ['their service', 'bitscale', ['work']],
    ['a program that uses them', 'cursor', ['work']],
    ['what is shown of them', '91ce00', ['wallet']],
    ['several words, whatever their order', 'production logs', ['logs production']],
  ])('by %s', (_, asked, names) => {
    expect(found(asked)).toEqual(names);
  });

  it('all of them when nothing is asked for, and none when something does not fit', () => {
    expect(found('  ')).toHaveLength(4);
    expect(found('wallet nothing')).toEqual([]);
  });
});
