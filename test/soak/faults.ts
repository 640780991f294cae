import type { Switch } from '../fakes/switches.ts';

/** What goes wrong at the service during one rotation. */
export interface Fault {
  readonly name: string;
  readonly switches: readonly Switch[];
}

export const NO_FAULT: Fault = { name: 'none', switches: [] };

/** How often each comes, in relation to the others. The times fit the soak's short delays. */
export const FAULTS: readonly (readonly [weight: number, fault: Fault])[] = [
  [40, NO_FAULT],
  [6, { name: 'rotates and the connection breaks', switches: ['rotates-and-breaks-before-the-answer'] }],
  [6, { name: 'rotates and answers 502', switches: ['rotates-and-answers-502'] }],
  [6, { name: 'rotates and answers garbage', switches: ['rotates-and-answers-garbage'] }],
  [6, { name: 'rotates and answers half', switches: ['rotates-and-breaks-mid-answer'] }],
  [5, { name: 'answers twice the key', switches: ['rotates-and-answers-twice'] }],
  [6, { name: 'answers 500', switches: ['refuses-with-500'] }],
  [4, { name: 'answers 429', switches: ['refuses-with-429'] }],
  [4, { name: 'breaks before rotating', switches: ['breaks-before-rotating'] }],
  [6, { name: 'answers late', switches: [{ answersAfterMs: 150 }] }],
  [4, { name: 'drips its answer', switches: [{ dripsEveryMs: 1 }] }],
  [4, { name: 'new key refused at first', switches: [{ newKeyRefusedForMs: 100 }] }],
  [4, { name: 'old key alive for a while', switches: [{ oldKeyLivesForMs: 100 }] }],
];
