import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { NEW, OLD } from './samples.ts';
import { find, inEntry, patched } from './yaml-samples.ts';

describe('a YAML file', () => {
  it.each(['', '\n\n', '# nothing but a comment\n', '---\n', '\ufeff'])(
    'with nothing in it holds nothing: %j',
    (text) => {
      expect(find(text)).toMatchObject({ sites: [], outside: [], servers: [] });
    },
  );

  it.each([
    ['a quote is not closed', inEntry(`"${OLD}`)],
    ['a bracket is not closed', inEntry(`[${OLD}`)],
    ['a tab indents', `mcpServers:\n\tacme: ${OLD}\n`],
    ['a line is indented too little', `mcpServers:\n  acme:\n    A: x\n   B: ${OLD}\n`],
    ['an escape is none', inEntry(`"\\q${OLD}"`)],
    ['an alias names nothing', inEntry('*none', `x: ${OLD}\n`)],
    ['an alias leads into itself', `mcpServers: &m\n  acme: {A: ${OLD}, B: *m}\n`],
    ['an alias is in a name', `x: &k ${OLD}\nmcpServers:\n  acme: {? [*k] : x, A: *k}\n`],
    ['an alias is a name', `x: &k ${OLD}\nmcpServers:\n  acme: {*k : x, A: *k}\n`],
    ['there are several documents', `mcpServers:\n  acme: {A: ${OLD}}\n---\nmcpServers:\n  acme: {A: ${OLD}}\n`],
    ['a line ends as only some readers see it', inEntry(`${OLD} # \u2028 x`)],
    ['a line ends with a carriage return alone', `a: 1\rmcpServers: {acme: {A: ${OLD}}}\r`],
    ['it holds a control character', inEntry(`"${OLD}\x01"`)],
    ['it is nested 10,000 deep in brackets', `a: ${'['.repeat(10_000)}${OLD}${']'.repeat(10_000)}\n`],
    ['it is nested 10,000 deep in dashes', `${'- '.repeat(10_000)}${OLD}\n`],
    ['it is nested 2,000 deep in lines', Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ])('is refused, without a word of its text, when %s', (_what, text) => {
    let thrown: unknown;
    try {
      find(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expect(thrown).toMatchObject({
      code: 'file-not-parsable',
      message: expect.stringMatching(/line \d+, column \d+|deep/),
    });
    expect(String(thrown)).not.toContain('sk-live');
    expect((thrown as ConfigError).cause).toBeUndefined();
  });

  it('is refused where the last line of a block has no end, if the block can’t stay one', () => {
    const text = `mcpServers:\n  acme:\n    A: |\n      ${OLD}`;
    expect(patched(text)).toBe(text.replace(OLD, NEW));
    expect(() => patched(text, 'a\tb')).toThrow(ConfigError);
  });
});

describe('hostile text', () => {
  const bomb = (width: number): string =>
    Array.from({ length: 30 }, (_, level) => {
      const items = level === 0 ? OLD : Array.from({ length: width }, () => `*a${level - 1}`).join(', ');
      return `a${level}: &a${level} [${items}]\n`;
    }).join('');
  const chain = Array.from({ length: 5_000 }, (_, at) => `a${at}: &a${at} [${at === 0 ? '' : `*a${at - 1}`}]\n`).join(
    '',
  );
  const wide = Array.from({ length: 20_000 }, () => '*t').join(', ');
  const merges = Array.from(
    { length: 300 },
    (_, at) => `m${at}: &m${at} {<<: ${at === 0 ? '{}' : `*m${at - 1}`}, k${at}: 1}\n`,
  );

  it.each([
    ['a bomb of aliases', `${bomb(10)}mcpServers: *a29\n`],
    ['a chain of aliases', `${chain}mcpServers: *a4999\n`],
    [
      'a table of aliases to tables',
      `t: &t {mcpServers: {${Array.from({ length: 9_999 }, (_, n) => `s${n}: x`)}}}\nprojects: [${wide}]\n`,
    ],
    ['merges of merges', `${merges.join('')}mcpServers: *m299\n`],
    ['a million brackets', '['.repeat(1_000_000)],
    ['more than settings ever hold', `${'# '.repeat(10_000_000)}\n`],
  ])('is refused before it costs more than a test has: %s', (_what, text) => {
    expect(() => find(text)).toThrow(ConfigError);
  });

  it.each([
    ['a long line of blanks', inEntry(`"a${' '.repeat(1_000_000)}${OLD}"`)],
    ['many empty lines', inEntry(`|\n${'\n'.repeat(100_000)}        ${OLD}`)],
    ['many quotes', inEntry(`'${"''".repeat(300_000)} ${OLD}'`)],
    ['many keys', `mcpServers:\n  acme:\n    args:\n${`    - ${OLD}\n`.repeat(200)}`],
    [
      'many names',
      `mcpServers:\n${Array.from({ length: 3_000 }, (_, at) => `  s${at}: {a: b}\n`).join('')}  k: {A: ${OLD}}\n`,
    ],
  ])('is read and changed, at a cost that its length does not square: %s', (_what, text) => {
    expect(patched(text)).toBe(text.replaceAll(OLD, NEW));
  });
});
