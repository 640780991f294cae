import type { Language } from '../language.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import chinese from './zh-CN.json' with { type: 'json' };

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, Catalogue>> = { 'zh-CN': readCatalogue(chinese) };

/**
 * A sentence or clause of the core in another language; as it is where the catalogue doesn't have it.
 *
 * The core itself speaks English: in the journals, the activity, on the command line and to agents. So a record says the
 * same to everyone, whatever language was chosen when it was written, and one of before can be shown in a new language
 * too. Whoever shows such a text to a person passes it through here.
 */
export function inLanguage(text: string, language: Language): string {
  return language === 'en' ? text : CATALOGUES[language].say(text);
}
