import type { Account } from './accounts.ts';
import type { Behaviour } from './behaviours.ts';
import type { Told } from './person.ts';
import type { AtCrash, AtEnd } from './states.ts';

/** What became of the key. `LOST`: nobody has the service's key, and nobody was told. */
export interface Verdict {
  readonly key: 'unchanged' | 'kept' | 'told' | 'LOST';
  /** Every other promise that was not kept. */
  readonly broken: readonly string[];
}

/** What is to be said of how a row has ended. Pure. */
export function judge(
  { wayOutOfLoss }: Pick<Account, 'wayOutOfLoss'>,
  { givesKey }: Pick<Behaviour, 'givesKey'>,
  atCrash: AtCrash,
  atEnd: AtEnd,
  told: readonly Told[],
): Verdict {
  const key = whatBecameOfTheKey(atEnd, told);
  const { files, requests, left, blocked } = atEnd;
  const withDeadKey = key === 'unchanged' ? files.fresh : files.old;
  const wordless = told.filter(({ isLost, words }) => isLost && !words.includes(wayOutOfLoss));
  return {
    key,
    broken: [
      ...(givesKey && atCrash.isReceived && key !== 'kept' ? ['the key was received, and not kept'] : []),
      ...some(atCrash.files.harmed, 'files harmed by the crash'),
      ...some(files.harmed, 'files harmed'),
      ...some(withDeadKey, 'files with a key that is no more'),
      ...some(Math.max(atCrash.cutOff, atEnd.cutOff), 'files with a key that was revoked too early'),
      ...some(requests.sent - requests.allowed, `requests too many, for ${requests.allowed} rotations`),
      ...wordless.map(({ words }) => `no way out in the words “${words}”`),
      ...(left.length > 0 ? [`left over: ${left.join(', ')}`] : []),
      ...(blocked === null ? [] : [`no further rotation: ${blocked}`]),
    ],
  };
}

function whatBecameOfTheKey({ service, keychain }: AtEnd, told: readonly Told[]): Verdict['key'] {
  const hasRotated = service !== 'old' && service !== 'both';
  if (keychain === 'new' && service !== 'old') return told.some(({ isLost }) => isLost) ? 'told' : 'kept';
  // An agent's key that was not rotated was never in the keychain.
  return !hasRotated && keychain !== 'another' ? 'unchanged' : 'LOST';
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
