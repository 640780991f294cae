import { app } from 'electron';
import { type Language, languageOf } from '../../../preload/language.ts';
import { inLanguage } from '../../../preload/sentences/in-language.ts';
import type { Core } from '../../calls/dispatch.ts';
import { TRAY } from './tray/tray-state.ts';

/** What the tray, the dialogs and the notifications speak: one person sits before the one app. Null: as the system. */
let chosen: Language | null = null;

/** The language in which the shell speaks now. */
export function language(): Language {
  return chosen ?? languageOf('system', [app.getLocale()]);
}

/** Says it to the person in their language; it is written in English like all that the core says. */
export function inWords(english: string): string {
  return inLanguage(english, language());
}

/**
 * Speaks the language of the settings, from now on and whenever another one is chosen.
 * @param onChange shows anew what is shown all the time.
 */
export async function followLanguage(core: Core, onChange: () => void): Promise<void> {
  const ask = async (): Promise<void> => {
    const before = language();
    // Settings that can't be read are told elsewhere; the language stays as it is.
    const settings = await core.call('getSettings', {}, TRAY).catch(() => null);
    if (settings) chosen = languageOf(settings.language, [app.getLocale()]);
    if (language() !== before) onChange();
  };
  core.on((event) => {
    if (event.name === 'changed' && event.payload.topic === 'settings') void ask();
  });
  await ask();
}
