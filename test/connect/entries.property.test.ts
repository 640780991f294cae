import fc from 'fast-check';
import { dump as yamlOf } from 'js-yaml';
import { stringify as tomlOf } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { documentWith, inserted, insertionFor } from '../../main/connect/add-entry.ts';
import type { NewEntry } from '../../main/connect/entry.ts';
import { removalOf } from '../../main/connect/remove-entry.ts';
import { isSameValue, readValues, valueAt, withValue } from '../../main/connect/values.ts';

function valuesIn(text: string, format: FormatName): unknown {
  const read = readValues(text, format);
  if (!read) throw new Error('it can’t be read');
  return read.values;
}

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

const yaml = fc
  .record({
    document: settings('mcp_servers'),
    indent: fc.constantFrom(2, 4),
    flowLevel: fc.constantFrom(-1, 1, 2),
    isWindows: fc.boolean(),
    hasComments: fc.boolean(),
    begins: fc.constantFrom('', '---\n', '# mine\n\n'),
    endsAtOnce: fc.boolean(),
  })
  .map(({ document, indent, flowLevel, isWindows, hasComments, begins, endsAtOnce }) => {
    const isEmpty = Object.keys(document).length === 0;
    const text = isEmpty ? '' : yamlOf(document, { indent, flowLevel, lineWidth: -1 });
    const commented = hasComments ? text.replaceAll(/^(\s*)(?=[\w-]+:)/gm, '$1# about: what follows\n$1') : text;
    const whole = begins + (endsAtOnce ? commented.trimEnd() : commented);
    return isWindows ? whole.replaceAll('\n', '\r\n') : whole;
  });

describe.each([
  ['json', json, 'mcpServers'],
  ['jsonc', jsonc, 'mcpServers'],
  ['toml', toml, 'mcp_servers'],
  ['yaml', yaml, 'mcp_servers'],
] as const)('in %s', (format, documents, table) => {
  it('an entry is put in and nothing else changes, and taken out again without a trace', () => {
    fc.assert(
      fc.property(documents, program, (text, value) => {
        const entry: NewEntry = { path: [table, 'rekey'], value };
        const insertion = insertionFor(text, format, entry);
        if (!insertion) throw new Error('it was not put in');
        const connected = inserted(text, insertion);
        expect(connected.replace(insertion.text, () => '')).toBe(text);
        expect(isSameValue(valuesIn(connected, format), withValue(valuesIn(text, format), entry.path, value))).toBe(
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
        const values = valuesIn(documentWith(format, entry), format);
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

describe('in a YAML file as Goose and people write them', () => {
  const entry: NewEntry = { path: ['extensions', 'rekey'], value: { cmd: 'rekey', args: ['mcp'] } };
  const lines = '  rekey:\n    cmd: rekey\n    args:\n      - mcp\n';
  it.each([
    ['below the name of the table', 'extensions:\n', '  # of a\n  a:\n    cmd: a\nGOOSE_MODEL: x\n', lines],
    ['in a table that is empty', 'extensions:\n', 'GOOSE_MODEL: x\n', lines],
    ['in a table with a comment beside its name', 'extensions: # mine\n', '  a: {}\n', lines],
    ['within the line of one that is written so', 'extensions: {', '}\n', '"rekey": {"cmd":"rekey","args":["mcp"]}'],
    ['at the end where there is no table', 'GOOSE_MODEL: x\n# mine\n', '', `extensions:\n${lines}`],
    ['below a last line without an end', 'GOOSE_MODEL: x', '', `\nextensions:\n${lines}`],
  ])('it is put in %s', (_, before, after, added) => {
    const insertion = { at: before.length, text: added };
    expect(insertionFor(before + after, 'yaml', entry)).toEqual(insertion);
    expect(removalOf(before + added + after, 'yaml', entry, added)).toEqual(insertion);
  });

  it.each([
    ['a list', '- a\n'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
    ['a table that is a text', 'extensions: none\n'],
    ['an outermost table within one line', '{ GOOSE_MODEL: x }\n'],
    ['a document that is ended', 'a: 1\n...\n'],
  ])('it is not put into %s', (_, text) => {
    expect(insertionFor(text, 'yaml', entry)).toBeNull();
  });

  it.each([
    ['between others', 'extensions:\n  a: {}\n', '  rekey:\n    args: [mcp]\n    cmd: rekey\n', '  b: {}\n'],
    ['at the end', 'extensions:\n  a: {}\n', '  rekey: { args: [mcp], cmd: rekey }', ''],
    ['alone in its table', 'a: 1\nextensions:\n', '  rekey:\n    cmd: rekey\n    args: [mcp]\n', 'b: 2\n'],
  ])('it is taken out as a host has written it %s', (_, before, own, after) => {
    expect(removalOf(before + own + after, 'yaml', entry, 'not there any more')).toEqual({
      at: before.length,
      text: own,
    });
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
