import { errorView } from '../errors.ts';
import type { Step } from './rotation.schema.ts';
import type { Run } from './run.ts';
import { lookAgain, patchSites } from './steps/patch.ts';
import { preflight } from './steps/preflight.ts';
import { promote } from './steps/promote.ts';
import { lookForAnswer, receive } from './steps/receive.ts';
import { request } from './steps/request.ts';
import { verify } from './steps/verify.ts';

/** What is done next, by what is known to be done. */
const NEXT: Record<Exclude<Step, 'ended'>, (run: Run) => Promise<void>> = {
  confirmed: preflight,
  preflighted: request,
  requested: lookForAnswer,
  answered: receive,
  staged: verify,
  verified: promote,
  promoted: patchSites,
  patched: lookAgain,
};

/**
 * Takes step after step until the rotation has ended or waits for something. The same for a fresh rotation and for one
 * that is taken up after a crash.
 */
export async function advance(run: Run): Promise<void> {
  while (run.record.step !== 'ended' && run.record.waiting === null) {
    try {
      await NEXT[run.record.step](run);
    } catch (error) {
      if (run.pastNoReturn) throw error;
      await run.end('stopped', errorView(error));
    }
  }
}
