import { describe, expect, it } from 'vitest';
import { REDACTED, redactBytes } from '../../main/clean-up/redact-bytes.ts';
import { isSameButFor } from '../../main/clean-up/same-but-for.ts';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { claudeJson, OLD_KEY, TABLES } from '../bench/claude-json.ts';

const KEY = 'sk-live-dead-0123456789';

function redact(text: string | Buffer, format: FormatName = 'jsonc', ...keys: readonly string[]): string | null {
  const file = { format, tables: [['mcpServers']], path: '/a/file' };
  const secrets = (keys.length > 0 ? keys : [KEY]).map((key) => new Secret(key));
  return redactBytes(Buffer.from(text), file, secrets)?.bytes.toString() ?? null;
}

describe.each<[FormatName, string, string]>([
  ['jsonc', 'a comment', `{"mcpServers":{"a":{"env":{"K":"${KEY}"}}} /* was ${KEY} */ } // ${KEY}\r\n`],
  [
    'json',
    'a chat',
    `\ufeff{"history":["it is\\n${KEY}, \\"${KEY}\\""],\n\t"mcpServers":{"a":{"env":{"K":"${KEY}"}}}}`,
  ],
  ['json', 'a name', `{"seen":{"${KEY}":true,"x":"%2F${KEY}%20"},"mcpServers":{"a":{"args":["--k=${KEY}"]}}}`],
  ['json5', 'single quotes and a comment', `{mcpServers: {a: {env: {K: '${KEY}'}}}, notes: '${KEY}'} // ${KEY}`],
  [
    'toml',
    'a comment and a text',
    `# ${KEY}\nnote = """\n${KEY}"""\nother = '${KEY}'\n[mcpServers.a.env]\nK = "${KEY}"\n`,
  ],
  [
    'yaml',
    'a comment and plain, quoted and block texts',
    `# ${KEY}\nn: ${KEY}\nq: "${KEY}"\nb: |\n  x ${KEY}\n  y\nmcpServers:\n  a:\n    env:\n      K: ${KEY}\n`,
  ],
  [
    'xml',
    'a comment and an attribute',
    `<mcpServers c="${KEY}"><!-- ${KEY} --><one><env><K>${KEY}</K></env></one></mcpServers>`,
  ],
  ['dotenv', 'a comment and a variable outside of any table', `# ${KEY}\nA="${KEY}"\n`],
  ['text', 'any other file', `(setenv "K" "${KEY}") ; ${KEY}\n`],
])('in %s, a dead key in %s', (format, _, text) => {
  it('gives way to plain words, and every other byte stays', () => {
    const redacted = redact(text, format);
    expect(redacted?.replaceAll(REDACTED, KEY)).toBe(text);
    expect(redacted).toContain(REDACTED);
  });

  it('stays where a rotation changes it', () => {
    const hasServers = format !== 'dotenv' && format !== 'text';
    expect(redact(text, format)?.split(KEY)).toHaveLength(hasServers ? 2 : 1);
  });
});

describe('what is left alone', () => {
  it.each([
    ['a file without the key', '{"history":["nothing"]}'],
    ['a key that stands in servers only', `{"mcpServers":{"a":{"env":{"K":"${KEY}"}}}}`],
    ['a part of a longer token', `{"history":["${KEY}-and-more", "x${KEY}"]}`],
  ])('%s', (_, text) => {
    expect(redact(text)).toBeNull();
  });

  it('a name in a notation whose readers would tell another document: it is refused', () => {
    expect(() => redact(`"${KEY}" = 1\n[mcpServers]\n`, 'toml')).toThrow('would not have been read');
  });

  it('a broken file, with the reason', () => {
    expect(() => redact(`{"history":["${KEY}"`)).toThrow("/a/file can't be read");
  });

  it('a key whose first character belongs to an escape: the file would be broken', () => {
    expect(() => redact('{"history":["\\bsk-0123456789"]}', 'json', 'bsk-0123456789')).toThrow(
      'would not have been read',
    );
  });
});

describe('several keys', () => {
  it('are taken out together, also in the ways that JSON and URLs write them', () => {
    const odd = 'päss"word/with+marks';
    const text = `{"chat":["${JSON.stringify(odd).slice(1, -1)} ${KEY}", "https://x.example/?p=${encodeURIComponent(odd)}"]}`;
    expect(redact(text, 'json', odd, KEY)).toBe(
      `{"chat":["${REDACTED} ${REDACTED}", "https://x.example/?p=${REDACTED}"]}`,
    );
  });
});

describe('the check of the result', () => {
  const before = Buffer.from(`{"a":"${KEY}","b":[1,"x"]} // end`);
  const at = before.indexOf(KEY);
  const piece = { start: at, end: at + KEY.length, text: REDACTED };
  const after = before.toString().replace(KEY, REDACTED);

  it.each([
    ['another byte', after.replace('1', '2')],
    ['a byte more', `${after} `],
    ['another word in the piece', after.replace(REDACTED, 'REDACTED-BY-OTHERS')],
    ['the key itself', before.toString()],
  ])('does not let %s pass', (_, text) => {
    expect(isSameButFor(before, Buffer.from(after), [piece], 'json')).toBe(true);
    expect(isSameButFor(before, Buffer.from(text), [piece], 'json')).toBe(false);
  });

  it.each<[FormatName, string, string, string]>([
    ['json', '{"a":"K","b":1}', 'K","b', 'X","c'],
    ['json', '{"a":"K"}', 'K', '"'],
    ['json', '{"a":"K"}', '"K"', 'null'],
    ['yaml', 'a: K\nb: 1\n', 'K', 'X\nc: 2'],
    ['yaml', 'a: K # x\n', 'K', '[X]'],
    ['toml', 'a = "K"\n', '"K"', '1'],
    ['json5', "{a: 'K'}", "'K'", 'null'],
  ])('of %s does not let a piece change the structure: %s', (format, text, from, to) => {
    const start = text.indexOf(from);
    const one = { start, end: start + from.length, text: to };
    expect(isSameButFor(Buffer.from(text), Buffer.from(text.replace(from, to)), [one], format)).toBe(false);
  });
});

describe('a chat history of 50 MB', () => {
  it('is redacted, wherever the keys stand in it', () => {
    const text = claudeJson(50).toString().replaceAll('Rename the function', `Rename ${KEY} the function`);
    const bytes = Buffer.from(text);
    const file = { format: 'json', tables: TABLES, path: '/a/file' } as const;
    const redacted = redactBytes(bytes, file, [new Secret(KEY), new Secret(OLD_KEY)]);
    expect(redacted?.places).toBeGreaterThan(1_000);
    expect(redacted?.bytes.includes(KEY)).toBe(false);
    expect(redacted?.bytes.toString().replaceAll(REDACTED, KEY)).toBe(text);
  });
});
