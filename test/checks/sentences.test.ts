import { describe, expect, it } from 'vitest';
import { inLanguage } from '../../preload/sentences/in-language.ts';
import chinese from '../../preload/sentences/zh-CN.json' with { type: 'json' };
import { isNode, type Node, parsed, quasisOf, sources } from './source.ts';

/**
 * Words of the Chinese texts: 密钥 key · 轮换 rotate · 撤销 revoke · 换回 undo, go back to a key · 钥匙串 keychain ·
 * 口令 passphrase · 宿主程序, 程序 host · 服务 service · 应答 answer of a service · 智能体 agent · 副本 copy · 历史版本
 * earlier version · 恢复 restore · 抹去 redact · 收录 take in · 指纹 fingerprint · 到期, 该轮换了 due · 没有任何更改
 * nothing was changed.
 */
const entries = Object.entries(chinese);

/** What no person reads, or reads in English: answers to agents, and what is printed to a terminal. */
const IN_ENGLISH = [
  /^main\/(mcp\/|crash\/|practice\/practice-(hosts|service)|browser\.ts|index\.ts|activity\/activity-csv\.ts|key-for-client\.ts)/,
  /^main\/shells\/(choose\.ts|pages\/|browser\/(browser-shell|ending|event-streams|opening-files|page-sessions)\.ts)/,
  /^main\/shells\/electron\/(concealed-formats|pages\/)/,
];

/** Names, and what is said to other programs: scripts, headers, patterns, messages of libraries. */
const NO_SENTENCES = [
  'on run argv',
  'quit application (item 1 of argv)',
  'end run',
  'Bearer {0}',
  'Lightning Faucet',
  'Rekey',
  'Hugging Face',
  'Practice service',
  '[Desktop Entry]',
  'approval {0}',
  'JSON Web Token',
  'API key is invalid',
  'Application Support',
  'C:/Program Files',
  'Unexpected end',
  'Invalid code point',
  'nesting exceeded',
  'multi-line basic',
  'multi-line literal',
  'multi-line {0}',
  'rekey keychain',
  'rekey {0} {1}',
  '{0} agent {1}',
  'The file',
  'can’t be asked',
  'not confirmed',
  '; and {0} more',
  'public, max-age=31536000, immutable',
  'application/json; charset=utf-8',
];
const SCRIPTS = /^\$app = |^\(Get-Process|^\[Console\]/;

/** Texts that the sources put together from smaller ones. */
const MADE = [
  '{0} ({1})',
  'agent {0}',
  '{0} characters',
  '{0} entries',
  '1 character',
  '1 entry',
  "{0} can't be read: {1} (line {2}, column {3}). It was not changed.",
];

/** Errors for programmers, which no person gets to see as they are. */
const PLAIN_ERRORS = ['Error', 'RangeError', 'TypeError', 'SyntaxError', 'CannotHold'];

/** A literal of the sources, `{0}` in the place of each value; texts that are joined by `+` are one. Null for anything else. */
function textOf(node: unknown): string | null {
  const parts = partsOf(node);
  if (!parts?.some((part) => part !== null && part !== '')) return null;
  let values = 0;
  return parts.map((part) => part ?? `{${values++}}`).join('');
}

/** Texts, and null for each value between them. */
function partsOf(node: unknown): (string | null)[] | null {
  if (!isNode(node)) return null;
  if (node.type === 'StringLiteral') return [String(node.value)];
  if (node.type === 'TemplateLiteral') {
    return quasisOf(node).flatMap((text, index) => (index === 0 ? [text] : [null, text]));
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null;
  const [left, right] = [partsOf(node.left), partsOf(node.right)];
  return left || right ? [...(left ?? [null]), ...(right ?? [null])] : null;
}

/** All texts of a file, with the property that they are the value of; errors for programmers and what is logged left out. */
function textsOf(tree: unknown, property = ''): { text: string; property: string }[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => textsOf(one, property));
  if (typeof tree !== 'object' || tree === null) return [];
  const node = tree as Node;
  if (/^(Import|Export(Named|All))Declaration$/.test(node.type) || isForProgrammers(node)) return [];
  const text = textOf(node);
  const own = text === null ? [] : [{ text, property }];
  // The parts of a joined text are no texts of their own; the values in them can be.
  if (node.type === 'BinaryExpression' && text !== null)
    return [...own, ...valuesIn(node).flatMap((one) => textsOf(one))];
  if (node.type === 'KeyValueProperty') return textsOf(node.value, nameOf(node.key));
  return [...own, ...Object.values(node).flatMap((one) => textsOf(one, property))];
}

function valuesIn(node: unknown): unknown[] {
  if (!isNode(node)) return [];
  if (node.type === 'StringLiteral') return [];
  if (node.type === 'TemplateLiteral') return node.expressions as unknown[];
  return node.type === 'BinaryExpression' ? [...valuesIn(node.left), ...valuesIn(node.right)] : [node];
}

function isForProgrammers({ type, callee }: Node): boolean {
  if (!isNode(callee)) return false;
  if (type === 'NewExpression') return PLAIN_ERRORS.includes(nameOf(callee));
  return type === 'CallExpression' && callee.type === 'MemberExpression' && nameOf(callee.object) === 'console';
}

function nameOf(node: unknown): string {
  return isNode(node) && 'value' in node ? String(node.value) : '';
}

/** Two words one after the other, or a word beside a value: no code, name or path is like that. */
function isProse(text: string): boolean {
  return (
    /\p{L}{2,}[,;:’'”]* [\p{L}{“]|[\p{L}}”] \p{L}{2,}/u.test(text) && /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, ''))
  );
}

/** In menus and dialogs a single word is read too: `Stay`, ` (locked)`. */
function isLabel(file: string, text: string): boolean {
  return (
    /^main\/shells\/electron\/(dialogs|tray|lifecycle|notifications|reminders)/.test(file) &&
    /^(\p{Lu}\p{L}+[….]?|OK| \(\p{L}+\))$/u.test(text)
  );
}

const files = sources('main/**/*.ts', 'preload/**/*.ts').map(({ file, tree }) => ({ file, texts: textsOf(tree) }));
const hosts = files.filter(({ file }) => /^main\/hosts\/(catalogue\/|disk\.ts)/.test(file));

/** What the pages show of a host: why a person has to do it, how, and whose file it is. */
const ofHosts = hosts.flatMap(({ texts }) =>
  texts.flatMap(({ text, property }) => {
    if (property === 'scope') return [/^(.+) \((.+)\)$/.exec(text)?.slice(1) ?? text].flat();
    return property === 'why' || property === 'todo' ? [text] : [];
  }),
);

const said = files
  .filter(({ file }) => !IN_ENGLISH.some((one) => one.test(file)) && !hosts.some((host) => host.file === file))
  // Scopes stand in the catalogue of hosts, and are looked at there.
  .flatMap(({ file, texts }) =>
    texts.filter(({ property }) => property !== 'scopes').map(({ text }) => ({ file, text })),
  )
  .filter(
    ({ file, text }) => (isProse(text) || isLabel(file, text)) && !NO_SENTENCES.includes(text) && !SCRIPTS.test(text),
  );

/** What comes after something else stands in the catalogue behind that: `{0} (needs you)`. */
function isKnown(text: string): boolean {
  return text in chinese || `{0}${text}` in chinese;
}

/** `{0}` and `{say 0}` as numbers. */
function valuesOf(text: string): string[] {
  return [...text.matchAll(/\{(?:say )?(\d+)\}/g)].map(([, index]) => index ?? '').sort();
}

describe('the sentences of the core', () => {
  it('each have an entry in the Chinese catalogue', () => {
    expect(said.length).toBeGreaterThan(600);
    expect(said.filter(({ text }) => !isKnown(text)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it('that tell of a host each have one too', () => {
    expect(ofHosts.length).toBeGreaterThan(200);
    // Names and numbers are the same in every language.
    const words = ofHosts.filter(
      (text) => /\p{Ll}{2,}/u.test(text) && !/^[.\p{Lu}][\w.]* ?[A-Z]?\w*$|^settings\.json$/u.test(text),
    );
    expect(words.filter((text) => !(text in chinese) && inLanguage(text, 'zh-CN') === text)).toEqual([]);
  });

  it('all still stand in the sources, so that no entry is stale', () => {
    const texts = files.flatMap((file) => file.texts.map(({ text }) => text));
    const all = new Set([...texts, ...texts.map((text) => `{0}${text}`), ...ofHosts, ...MADE]);
    // A reason within another sentence is the first sentence of an error.
    const isFirst = (clause: string) => texts.some((text) => text.startsWith(`${clause}. `));
    const stale = entries.filter(([english]) => !all.has(english) && !isFirst(english));
    expect(stale.map(([english]) => english)).toEqual([]);
  });

  it('have the same values in both languages', () => {
    const marks = entries.map(([english, text]) => ({ english, values: valuesOf(text) }));
    // Chinese has one verb for one and for many.
    const fewer = ['must {0} at least {1}', 'must {0} at most {1}', '{0} not be changed and still {1} the old key'];
    for (const { english, values } of marks.filter((one) => !fewer.includes(one.english))) {
      expect({ english, values }).toEqual({ english, values: valuesOf(english) });
    }
  });

  it('are Chinese there', () => {
    const bare = entries.filter(([, text]) => !/\p{Script=Han}/u.test(text)).map(([english]) => english);
    expect(bare).toEqual(['of {0} from {1}', ' for {0}', 'Rekey: {0}', '{0} ({1})', 'rekey', '{0} · {1} · {2}{3}']);
  });

  it('are each known for what they are, whatever stands in them', () => {
    const values = ['/home/sam/a file (1).json', '“work”, “home”', 'Claude Desktop', 'https://x.example/a?b'];
    const filled = (text: string) => text.replaceAll(/\{(?:say )?(\d+)\}/g, (_, index) => values[Number(index)] ?? '');
    // What frames a clause is tried with one.
    for (const [english, text] of entries.filter(([one]) => /\p{L}/u.test(one.replaceAll(/\{\d+\}/g, '')))) {
      expect({ english, said: inLanguage(filled(english), 'zh-CN') }).toEqual({ english, said: filled(text) });
    }
  });

  it('would be found without an entry, however they are put together', () => {
    const bad = `throw new ConfigError('file-odd', \`The file \${path} is \${odd ? 'odd indeed' : 'even'}.\`, 'Look ' + 'at it again.');
      throw new TypeError('not for a person'); console.error('nor is this'); const id = 'file-odd';`;
    expect(
      textsOf(parsed(bad))
        .map(({ text }) => text)
        .filter(isProse),
    ).toEqual(['The file {0} is {1}.', 'odd indeed', 'Look at it again.']);
  });
});
