import { z } from 'zod';

/** The languages that Rekey speaks to people. */
export const LanguageSchema = z.enum(['en', 'zh-CN']);
export type Language = z.infer<typeof LanguageSchema>;

export const LANGUAGES: readonly Language[] = LanguageSchema.options;

/** What a person can choose: `system` follows the computer. */
export const LanguageChoiceSchema = z.enum(['system', ...LanguageSchema.options]);
export type LanguageChoice = z.infer<typeof LanguageChoiceSchema>;

/**
 * The language to speak.
 * @param system the computer's languages as BCP 47 tags, the one that the person likes best first.
 */
export function languageOf(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  // Whoever reads Traditional Chinese is nearer to Simplified than to English.
  const known = { en: 'en', zh: 'zh-CN' } as const satisfies Record<string, Language>;
  const spoken = system.map((tag) => tag.toLowerCase().split(/[-_]/)[0]);
  const first = spoken.find((one) => one === 'en' || one === 'zh');
  return first ? known[first] : 'en';
}
