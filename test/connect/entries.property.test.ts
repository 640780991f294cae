import fc from 'fast-check';
import { stringify as tomlOf } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { documentWith, inserted, insertionFor, type NewEntry } from '../../main/connect/add-entry.ts';
import { removalOf } from '../../main/connect/remove-entry.ts';
import { isSameValue, valueAt, valuesOf, withValue } from '../../main/connect/values.ts';

const program = fc.record({ command: fc.string({ minLength: 1 }), args: fc.array(fc.string(), { maxLength: 3 }) });
const name = fc.stringMatching(/^[a-zA-Z][\w-]{0,8}$/).filter((one) => one !== 'rekey' && one !== '__proto__');
const server = fc.record({ command: fc.string(), args: fc.array(fc.string(), { maxLength: 2 }) });
const servers = fc.dictionary(name, server, { maxKeys: 3, noNullPrototype: true });
const others = fc.dictionary(
  name.filter((one) => one !== 'mcpServers' && one !== 'mcp_servers'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  { maxKeys: 3, noNullPrototype: true },
);

/** A document as a person may have it: with or without the table, the members in whatever order. */
const settings = (table: string) =>
  fc
    .record({ others, servers: fc.option(servers), first: fc.boolean() })
    .map(({ others, servers, first }) =>
      servers === null ? others : first ? { [table]: servers, ...others } : { ...others, [table]: servers },
    );

const json = fc
  .tuple(settings('mcpServers'), fc.constantFrom(undefined, 1, 2, 4, '\t'), fc.boolean(), fc.boolean())
  .map(([document, indent, isWindows, hasMark]) => {
    const text = `${JSON.stringify(document, null, indent)}\n`;
    return (hasMark ? '\uFEFF' : '') + (isWindows ? text.replaceAll('\n', '\r\n') : text);
  });

/** With comments in all gaps between lines, and commas behind last members. */
const jsonc = fc.tuple(json, fc.boolean()).map(([text, hasCommas]) => {
  const lines = text.replaceAll(/(\r?\n)/g, ' // a comment, "with": { signs }$1');
  return hasCommas ? lines.replaceAll(/(["\d}e\]])( \/\/[^\n]*\n\s*\})/g, '$1,$2') : lines;
});

const toml = fc.tuple(settings('mcp_servers'), fc.boolean(), fc.boolean()).map(([document, isWindows, endsAtOnce]) => {
  const text = `# a comment\n${tomlOf(document)}`;
  const ended = endsAtOnce ? text.trimEnd() : text;
  return isWindows ? ended.replaceAll('\n', '\r\n') : ended;
});

describe.each([
  ['json', json, 'mcpServers'],
  ['jsonc', jsonc, 'mcpServers'],
  ['toml', toml, 'mcp_servers'],
] as const)('in %s', (format, documents, table) => {
  it('an entry is put in and nothing else changes, and taken out again without a trace', () => {
    fc.assert(
      fc.property(documents, program, (text, value) => {
        const entry: NewEntry = { path: [table, 'rekey'], value };
        const insertion = insertionFor(text, format, entry);
        if (!insertion) throw new Error('it was not put in');
        const connected = inserted(text, insertion);
        expect(connected.replace(insertion.text, () => '')).toBe(text);
        expect(isSameValue(valuesOf(connected, format), withValue(valuesOf(text, format), entry.path, value))).toBe(
          true,
        );
        expect(insertionFor(connected, format, entry)).toBeNull();
        const removal = removalOf(connected, format, entry, insertion.text);
        expect(removal).toEqual(insertion);
      }),
    );
  });

  it('a document of its own holds the entry and nothing else', () => {
    fc.assert(
      fc.property(program, (value) => {
        const entry: NewEntry = { path: [table, 'rekey'], value };
        const values = valuesOf(documentWith(format, entry), format);
        expect(isSameValue(values, withValue({}, entry.path, value))).toBe(true);
        expect(valueAt(values, [table, 'rekey', 'command'])).toBe(value.command);
      }),
    );
  });
});

describe('an entry is not put in', () => {
  const entry: NewEntry = { path: ['mcpServers', 'rekey'], value: { command: 'rekey', args: ['mcp'] } };
  it.each([
    ['where the document is no object', '[]'],
    ['where something else stands in the place of the table', '{"mcpServers": "none"}'],
    ['where the table is there twice', '{"mcpServers": {}, "mcpServers": {"a": {}}}'],
    ['where there is one already', '{"mcpServers": {"rekey": {"command": "mine"}}}'],
  ])('%s', (_, text) => {
    expect(insertionFor(text, 'json', entry)).toBeNull();
  });

  it('where a TOML table is written within one line', () => {
    expect(
      insertionFor('mcp_servers = { a = { command = "x" } }\n', 'toml', { ...entry, path: ['mcp_servers', 'rekey'] }),
    ).toBeNull();
  });
});

describe('an entry is not taken out', () => {
  const entry: NewEntry = { path: ['mcpServers', 'rekey'], value: { command: 'rekey' } };
  const added = '\n    "rekey": {\n      "command": "rekey"\n    },';
  it.each([
    [
      'where it was changed',
      '{\n  "mcpServers": {\n    "rekey": {\n      "command": "other"\n    },\n    "a": {}\n  }\n}',
    ],
    ['where it stands in another table', `{"servers": {${added}"a": {}}}`],
  ])('%s', (_, text) => {
    expect(removalOf(text, 'json', entry, added)).toBeNull();
  });
});

describe('an entry whose surroundings have changed is taken out alone', () => {
  const entry: NewEntry = { path: ['mcpServers', 'rekey'], value: { command: 'rekey', args: ['mcp'] } };
  const member = '"rekey": { "args": ["mcp"], "command": "rekey" }';
  it.each([
    ['the first', `{"mcpServers": {\n  ${member},\n  "a": {}\n}}`, '{"mcpServers": {\n  "a": {}\n}}'],
    ['the last', `{"mcpServers": {\n  "a": {},\n  ${member}\n}}`, '{"mcpServers": {\n  "a": {}\n}}'],
    ['the only', `{"mcpServers": { ${member} }, "b": 1}`, '{"mcpServers": { }, "b": 1}'],
    [
      'between comments',
      `{"mcpServers": {\n  "a": {}, // of a\n  ${member}, // of rekey\n  "b": {}\n}}`,
      '{"mcpServers": {\n  "a": {}, // of a // of rekey\n  "b": {}\n}}',
    ],
  ])('%s', (_, text, rest) => {
    const removal = removalOf(text, 'jsonc', entry, 'what is not there any more');
    if (!removal) throw new Error('it was not taken out');
    expect(text.slice(0, removal.at) + text.slice(removal.at + removal.text.length)).toBe(rest);
  });

  it('but not where a comment would be left behind a comma too many', () => {
    const text = `{"mcpServers": {\n  "a": {}, // of a\n  ${member}\n}}`;
    expect(removalOf(text, 'jsonc', entry, 'what is not there any more')).toBeNull();
  });
});
