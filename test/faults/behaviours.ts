import type { Delays } from '../../main/rotation/parts.ts';
import type { Switch } from '../fakes/switches.ts';

/** How the service behaves when it is asked to rotate. */
export interface Behaviour {
  readonly name: string;
  readonly switches: readonly Switch[];
  /** Whether the new key stands in what it answers, in whatever form, before the time is over. */
  readonly givesKey: boolean;
}

/**
 * Times, a hundred to a thousand times shorter than in life (`DELAYS`). How they lie to each other is the same: what is
 * late comes after `requestTimeout`, and long before `doubtSettle` is over on a busy machine too.
 */
export const DELAYS = {
  requestTimeout: 600,
  verifyTimeout: 2_000,
  verifyRetry: 20,
  doubtRecheck: 50,
  doubtSettle: 1_200,
  retry: 50,
  lookAgain: 20,
  watch: 50,
  putBack: 50,
} satisfies Partial<Delays>;

const LATE_MS = 650;
const FOR_A_WHILE_MS = 300;

export const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'rotates and answers', switches: [], givesKey: true },
  { name: 'rotates and the connection breaks', switches: ['rotates-and-breaks-before-the-answer'], givesKey: false },
  { name: 'rotates and answers 502', switches: ['rotates-and-answers-502'], givesKey: false },
  { name: 'does not rotate and answers 500', switches: ['refuses-with-500'], givesKey: false },
  { name: 'rotates and answers garbage', switches: ['rotates-and-answers-garbage'], givesKey: true },
  { name: 'answers after 60 s', switches: [{ answersAfterMs: LATE_MS }], givesKey: false },
  { name: 'rotates after 60 s', switches: [{ rotatesAfterMs: LATE_MS }], givesKey: false },
  { name: 'answers twice the key', switches: ['rotates-and-answers-twice'], givesKey: true },
  { name: 'new key refused for 10 s', switches: [{ newKeyRefusedForMs: FOR_A_WHILE_MS }], givesKey: true },
  { name: 'old key alive for a while', switches: [{ oldKeyLivesForMs: FOR_A_WHILE_MS }], givesKey: true },
  // Where the two trouble each other most: no answer, and an old key that goes on working.
  {
    name: 'the connection breaks, and the old key is alive for a while',
    switches: ['rotates-and-breaks-before-the-answer', { oldKeyLivesForMs: FOR_A_WHILE_MS }],
    givesKey: false,
  },
];

/** Long enough that the process can be killed between the rotation and its answer. */
export const ANSWERS_MUCH_LATER: Switch = { answersAfterMs: 60_000 };
