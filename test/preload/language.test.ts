import { describe, expect, it } from 'vitest';
import { languageOf } from '../../preload/language.ts';

describe('the language to speak', () => {
  it('is the one that was chosen, whatever the system speaks', () => {
    expect(languageOf('en', ['zh-CN'])).toBe('en');
    expect(languageOf('zh-CN', ['en-GB'])).toBe('zh-CN');
  });

  it.each([
    [['zh-CN', 'en'], 'zh-CN'],
    [['zh-Hans-SG'], 'zh-CN'],
    [['zh_TW.UTF-8'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['de-CH', 'zh-CN', 'en'], 'zh-CN'],
    [['de-CH'], 'en'],
    [[], 'en'],
  ] as const)('is for a system that speaks %j the first that Rekey knows: %s', (system, language) => {
    expect(languageOf('system', system)).toBe(language);
  });
});
