import { describe, expect, it } from 'vitest';
import en from '../../renderer/locales/en.json' with { type: 'json' };
import chinese from '../../renderer/locales/zh-CN.json' with { type: 'json' };
import { isNode, type Node, nodes, parsed, quasisOf, sources } from './source.ts';

type Texts = { readonly [key: string]: string | Texts };

function flat(texts: Texts, before = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[before + key, text] as [string, string]] : flat(text, `${before + key}.`),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The keys as the pages name them: the forms of a plural are one. */
function named(texts: Texts): string[] {
  return [...new Set(flat(texts).map(([key]) => key.replace(PLURAL, '')))].sort();
}

/** `{{values}}` and `<tags>`, each once. */
function marks(text: string): string[] {
  return [...new Set(text.match(/\{\{\w+\}\}|<\/?\w+>/g) ?? [])].sort();
}

/** What this literal can be the name of: a key as it is, or one with parts that are only known when it is shown. */
function keyPattern(node: Node): RegExp[] {
  if (node.type === 'StringLiteral') return [new RegExp(`^${escaped(String(node.value))}$`)];
  if (node.type !== 'TemplateLiteral') return [];
  const quasis = quasisOf(node);
  return /^\w+\./.test(quasis[0] ?? '') ? [new RegExp(`^${quasis.map(escaped).join('[\\w-]+')}$`)] : [];
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w-]/g, '\\$&');
}

/** Attributes that are read by people. */
const READ = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'hint', 'textValue', 'submit'];

/** Texts that a person would read and that come from no file of words. */
function bareTexts(tree: Node): string[] {
  return [...nodes(tree)].flatMap((node) => {
    if (node.type === 'JSXText') return words(String(node.value));
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const children = (node.children as Node[]).filter(({ type }) => type === 'JSXExpressionContainer');
      return children.flatMap(({ expression }) => literals(expression)).flatMap(words);
    }
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as { name: { value: string }; value: unknown }; // swc's shape
      return READ.includes(name.value) ? literals(value).flatMap(words) : [];
    }
    if (node.type === 'JSXExpressionContainer') return [];
    return literals(node).filter((text) => /^\p{Lu}\p{L}* \p{L}/u.test(text));
  });
}

/** The text without what surrounds its words; none where there are none. */
function words(text: string): string[] {
  return /\p{L}/u.test(text) ? [text.trim()] : [];
}

/** The texts of a literal. */
function literals(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === 'JSXExpressionContainer') return literals(node.expression);
  if (node.type === 'StringLiteral') return [String(node.value)];
  return node.type === 'TemplateLiteral' ? quasisOf(node) : [];
}

const pages = sources('renderer/**/*.{ts,tsx}');

describe('the words of the pages', () => {
  it('are the same ones in both languages', () => {
    expect(named(chinese)).toEqual(named(en));
  });

  it.each([
    ['en', en],
    ['zh-CN', chinese],
  ] as const)('have each form that a number can ask for in %s', (language, texts) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const all = flat(texts).map(([key]) => key);
    const plurals = [...new Set(flat(en).flatMap(([key]) => (PLURAL.test(key) ? [key.replace(PLURAL, '')] : [])))];
    expect(plurals.length).toBeGreaterThan(20);
    for (const key of plurals) for (const form of forms) expect(all).toContain(`${key}_${form}`);
    // "None" is said in words of its own in both or in neither.
    const none = (from: Texts) => flat(from).flatMap(([key]) => (key.endsWith('_zero') ? [key] : []));
    expect(none(texts)).toEqual(none(en));
    for (const key of all.filter((one) => PLURAL.test(one) && !one.endsWith('_zero'))) {
      expect(forms.map((form) => `_${form}`)).toContain(key.slice(key.lastIndexOf('_')));
    }
  });

  it('hold the same values and tags in both languages', () => {
    const inEnglish = new Map(flat(en));
    for (const [key, text] of flat(chinese)) {
      expect({ key, marks: marks(text) }).toEqual({ key, marks: marks(inEnglish.get(key) ?? '') });
    }
  });

  it('are Chinese in the Chinese texts', () => {
    const bare = flat(chinese).filter(([, text]) => !/\p{Script=Han}/u.test(text));
    // A name, and what is made of values and signs alone.
    expect(bare.map(([key]) => key)).toEqual([
      'app.name',
      'app.title',
      'app.titleWaiting',
      'app.between',
      'keys.usedUnknown',
      'banner.runningStep',
      'who.agentNamed',
      'place.separator',
      'activity.askedAndConfirmed',
    ]);
  });

  it('are all shown somewhere', () => {
    const said = pages.flatMap(({ tree }) => [...nodes(tree)].flatMap(keyPattern));
    const unused = named(en).filter((key) => !said.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('stand in the files of words alone, and nowhere in the pages themselves', () => {
    const bare = pages.flatMap(({ file, tree }) => bareTexts(tree).map((text) => `${file}: ${text}`));
    expect(bare).toEqual([]);
  });

  it('would be found if they stood in a page', () => {
    const bad = `const a = <p title="Hello" className="x">Some words {t('a')} <b aria-label={'More'}>{\`\${n} keys\`}</b></p>;
      document.title = 'A title';`;
    expect(bareTexts(parsed(bad, true))).toEqual(['Hello', 'Some words', 'keys', 'More', 'A title']);
  });
});
