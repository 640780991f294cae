import { systemPreferences } from 'electron';
import { RekeyError } from '../../../errors.ts';
import type { Platform } from '../../../machine.ts';
import { inWords } from '../words.ts';

export class PresenceError extends RekeyError<'touch-id-refused'> {}

/** Calls by which a person confirms. */
const CONFIRMING: readonly unknown[] = ['approve', 'approveBatch'];

/**
 * Asks for Touch ID before a confirmation counts, on a Mac that has it: a program on the same account can click in a
 * window, and has no finger.
 * @throws {PresenceError} when the person cancels, or isn't known.
 * @see https://www.electronjs.org/docs/latest/api/system-preferences#systempreferencesprompttouchidreason-macos
 */
export async function confirmPresence(platform: Platform, name: unknown): Promise<void> {
  if (platform !== 'darwin' || !CONFIRMING.includes(name) || !systemPreferences.canPromptTouchID()) return;
  try {
    await systemPreferences.promptTouchID(inWords('confirm the rotation'));
  } catch (cause) {
    throw new PresenceError(
      'touch-id-refused',
      'Touch ID did not confirm it, so nothing was approved or changed.',
      'Confirm once more with your finger, or cancel.',
      { cause },
    );
  }
}
