import type { Core } from '../../../calls/dispatch.ts';
import { type WhyStay, whyStay } from '../../why-stay.ts';
import { choose, tell, tellFailure } from '../dialogs.ts';
import { TRAY } from '../tray/tray-state.ts';

const COPY = 'Copy the key now';
const STAY = 'Stay';
const QUIT = 'Quit all the same…';

/**
 * Tells the person why the app doesn't end now, offers the key where it is in memory only, and asks once more before
 * anything is lost.
 * @returns whether to quit all the same.
 */
export async function askBeforeQuit(core: Core): Promise<boolean> {
  const why = await whyStay(core, TRAY);
  const buttons = [...(why.copyable === null ? [] : [COPY]), STAY, QUIT];
  const chosen = await choose(why.message, why.detail, buttons, STAY);
  if (chosen === COPY && why.copyable !== null) await copy(core, why.copyable);
  return chosen === QUIT && (await isMeant(why));
}

async function copy(core: Core, id: string): Promise<void> {
  try {
    const { clearedAfterSeconds } = await core.call('copyNewKey', { id }, TRAY);
    await tell(
      'The new key is in the clipboard.',
      `Paste it somewhere safe now: the clipboard is cleared after ${clearedAfterSeconds} seconds, and when Rekey quits.`,
    );
  } catch (error) {
    await tellFailure(error);
  }
}

async function isMeant({ name, copyable }: WhyStay): Promise<boolean> {
  const whose = name === null ? 'the new key' : `the new key of “${name}”`;
  const quit = copyable === null ? 'Quit, and risk the key' : 'Quit, and lose the key';
  const chosen = await choose(
    copyable === null ? `Quit, although ${whose} may be lost?` : `Quit, and lose ${whose}?`,
    'Nobody can bring it back. You would have to make another one on the page of the service.',
    [STAY, quit],
    STAY,
  );
  return chosen === quit;
}
