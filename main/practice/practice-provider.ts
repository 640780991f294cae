import { bitscale } from '../providers/bitscale.ts';
import type { Provider } from '../providers/provider.ts';

/** The variable in which the key of the practice service stands. */
export const VARIABLE = 'PRACTICE_API_KEY';

/** The practice service as a rotation sees it: one that rotates in place, asked and read as BitScale is. */
export function practiceProvider(origin: string): Provider {
  return {
    ...bitscale,
    id: 'practice',
    name: 'Practice service',
    keysPage: `${origin}/keys`,
    baseUrls: [origin],
    envNames: [VARIABLE],
    keyPrefixes: ['practice-'],
    keyPattern: /^practice-[\da-f]{24}$/,
    keyHint: 'starts with practice-',
  };
}
