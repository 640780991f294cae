import type { Language } from '../../preload/language.ts';

/** Each in itself, so that whoever understands only that one finds it. */
const NAMES: Record<Language, string> = { en: 'English', 'zh-CN': '简体中文' };

export function languageName(language: Language): string {
  return NAMES[language];
}
