import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { xml } from '../../main/configs/formats/xml.ts';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { FRESH_KEYS, rekeyed } from './parts.ts';
import { AWKWARD, find as findIn, NEW, OLD, searchFor } from './samples.ts';

const component = ['application', 'component[McpApplicationServerCommands]'];
const JETBRAINS = searchFor(OLD, { tables: [component, [...component, 'commands'], [...component, 'urls']] });

const find = (text: string): Findings => findIn(text, JETBRAINS, 'xml');
const replaced = (text: string, fresh = NEW): string => rekeyed(text, fresh, 'xml', JETBRAINS);
const pathsIn = (text: string): string[] => find(text).sites.map(({ path }) => path.slice(2).join('/'));

const application = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\r\n<application>\n\t<component name="McpApplicationServerCommands">${inner}</component>\n</application>`;
/** One server with a value, and neighbors that must stay. */
const around = (value: string): string =>
  application(`<McpServerCommand>\r\n<option name="name" value="acme"/><!-- é --><x>${value}</x></McpServerCommand>`);

const dom = (text: string) => new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
const elementIn = (text: string) => dom(text).getElementsByTagName('x')[0]?.firstChild;
const attributeIn = (text: string) => dom(text).getElementsByTagName('y')[0]?.getAttribute('k');
const textIn = (text: string) => elementIn(text)?.parentNode?.textContent;

const NOT_IN_XML = ['\u0001', '\0'];
const HOLDABLE = FRESH_KEYS.filter((key) => !NOT_IN_XML.includes(key));

/** Each way to write a text in XML: what is written around the key, the key, and what stands around it for a reader. */
const WAYS: readonly [what: string, open: string, key: string, close: string, before: string, behind: string][] = [
  ['an attribute in double quotes', '<y k="', OLD, '"/>', '', ''],
  ['one in single quotes', "<y k\n=\t'", OLD, "' />", '', ''],
  ['one with more', `<y a="1" k="Bearer &quot;>' `, OLD, ' é&#x1F511;&amp;&#10;"/>', `Bearer ">' `, ' é🔑&\n'],
  ['one with ends of lines', '<y k="a\r\nb\t', OLD, '\n"/>', 'a b ', ' '],
  ['a key with references', '<y k="', 's&#107;&#x2D;live-old-0123456789', '"/>', '', ''],
  ['a text', '', OLD, '', '', ''],
  ['a text with more', '\r\n &lt;"\' ', OLD, ' ]] &#13;\r\n', '\n <"\' ', ' ]] \r\n'],
  ['a text between comments', '<!-- a -->', OLD, '<?b?>', '', ''],
  ['a section', '<![CDATA[', OLD, ']]>', '', ''],
  ['a section with more', '<![CDATA[&amp; <"]] ', OLD, ' ]>\r\n]]>', '&amp; <"]] ', ' ]>\n'],
  ['sections one after the other', '<![CDATA[]]]]><![CDATA[> ', OLD, ']]><![CDATA[ ]]]]>', ']]> ', ' ]]'],
  ['a section in a key', '<![CDATA[', 'sk-live-]]><![CDATA[old-0123456789', ']]>', '', ''],
];

describe('a key in an XML file', () => {
  it.each(WAYS)('is replaced in %s by any new key, and nothing else is', (_what, open, key, close, before, behind) => {
    const text = around(open + key + close);
    const read = open.startsWith('<y') ? attributeIn : textIn;
    expect(read(text)).toBe(before + OLD + behind);
    expect(replaced(text)).toBe(around(open + NEW + close));
    const [head = '', tail = ''] = text.split(open + key + close);
    for (const fresh of HOLDABLE) {
      const result = replaced(text, fresh);
      expect(read(result)).toBe(before + fresh + behind);
      expect(result.startsWith(head) && result.endsWith(tail)).toBe(true);
    }
  });

  it.each([
    ['<y k="K"/>', `"'<>&`, `<y k="&quot;'&lt;&gt;&amp;"/>`],
    ["<y k='K'/>", `"'\n\t`, `<y k='"&apos;&#10;&#9;'/>`],
    ['K', ' "\' a ', `&#32;"' a&#32;`],
    ['K>', ']]', ']&#93;>'],
    [']]K', '>', ']]&gt;'],
    ['<![CDATA[K]]>', 'a]]>b', '<![CDATA[a]]]]><![CDATA[>b]]>'],
    ['<![CDATA[]]K]]>', '>', '<![CDATA[]]]]><![CDATA[>]]>'],
    ['<![CDATA[K]>]]>', ']', '<![CDATA[]]]><![CDATA[]>]]>'],
    ['<![CDATA[K & <]]>', 'a\rb', 'a&#13;b &amp; &lt;'],
  ])('is written as little differently as can be: %s with %j is %s', (value, fresh, expected) => {
    expect(replaced(around(value.replace('K', OLD)), fresh)).toBe(around(expected));
  });

  it.each(NOT_IN_XML)('stays where XML has no way to write the new one: %j', (fresh) => {
    for (const [, open, key, close] of WAYS) {
      expect(() => replaced(around(open + key + close), fresh)).toThrow('no way to write the new key');
    }
  });

  it('is written through all notations that it stands in', () => {
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    const values = [
      `[{&quot;key&quot;:&quot;${OLD}&quot;}]`,
      `--config={"key":"${OLD}"}`.replaceAll('"', '&#34;'),
      `https://h.invalid/?k=${OLD}&amp;x=1`,
      `Basic ${basic(`u:${OLD}`)}`,
    ];
    const result = dom(
      replaced(around(`<list>${values.map((value) => `<option value="${value}"/>`).join('')}</list>`), AWKWARD),
    );
    const read = [...result.getElementsByTagName('option')].slice(1).map((one) => one.getAttribute('value') ?? '');
    expect(JSON.parse(read[0] ?? '')).toEqual([{ key: AWKWARD }]);
    expect(JSON.parse(read[1]?.replace('--config=', '') ?? '')).toEqual({ key: AWKWARD });
    expect(new URL(read[2] ?? '').searchParams.get('k')).toBe(AWKWARD);
    expect(read[3]).toBe(`Basic ${basic(`u:${AWKWARD}`)}`);
  });
});

describe('what JetBrains writes', () => {
  const server = (name: string, inner: string): string =>
    `<McpServerCommand sourceId="S"><option name="enabled" value="true" /><option name="name" value="${name}" />${inner}</McpServerCommand>`;

  it('has its servers in the component itself or in lists, each with its place and its line', () => {
    const text = application(
      `\n<commands>${server('one', `\n<envs><env name="ACME_API_KEY" value="${OLD}" /></envs>`)}</commands>` +
        `\n<urls>${server('two', `<option name="url" value="https://h.invalid/?k=${OLD}" /><option name="headers"><map><entry key="X-Key" value="${OLD}" /></map></option>`)}</urls>` +
        `\n${server('three', `<option name="args"><list><option value="-k" /><option value="${OLD}" /></list></option>`)}`,
    );
    const { sites, servers } = find(text);
    expect(servers).toEqual(['one', 'two', 'three']);
    expect(sites.map(({ server: name, place, line, form }) => [name, place, line, form])).toEqual([
      ['one', 'env', 5, 'plain'],
      ['two', 'url', 6, 'percent-encoded'],
      ['two', 'header', 6, 'plain'],
      ['three', 'argument', 7, 'plain'],
    ]);
    expect(pathsIn(text)).toEqual([
      'commands/McpServerCommand[one]/envs/ACME_API_KEY',
      'urls/McpServerCommand[two]/url',
      'urls/McpServerCommand[two]/headers/X-Key',
      'McpServerCommand[three]/args/1',
    ]);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
  });

  it('tells variables that hold references and other keys', () => {
    const envs = (value: string): string =>
      application(server('one', `<envs><env name="ACME_API_KEY" value="${value}" /></envs>`));
    expect(find(envs('$' + '{HERS}')).references).toMatchObject([{ server: 'one', name: 'ACME_API_KEY' }]);
    expect(find(envs('another')).otherKeys).toEqual([{ server: 'one', name: 'ACME_API_KEY', line: 3 }]);
  });

  it('takes its command line apart in a way of its own: only a key that needs no quotes is put there', () => {
    const text = application(server('one', `<option name="arguments" value="--key ${OLD} --k=${OLD}" />`));
    expect(find(text).sites.map(({ place }) => place)).toEqual(['argument', 'argument']);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
    for (const fresh of ['a b', 'a"b', "a'b", 'a\\b', AWKWARD])
      expect(() => replaced(text, fresh)).toThrow(ConfigError);
  });

  it('has no servers in the attributes of a table', () => {
    const text = application('').replace('name=', `modifiable="${OLD}" name=`);
    expect(find(text)).toMatchObject({ servers: [], sites: [], outside: [{ line: 3 }] });
  });

  it('keeps what a field or list has besides', () => {
    const text = around(
      `<option name="a" value="1" b="${OLD}"><c d='${OLD}'/></option><list e="${OLD}"><f g="${OLD}"/>${OLD}</list>`,
    );
    expect(find(text).sites).toHaveLength(5);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
  });
});

describe('a key that is not to be changed', () => {
  it('is reported in a comment, and outside of the tables', () => {
    const text = `<!-- ${OLD} -->\n<application>\n<component name="Other" a="${OLD}"/>\n${application(`\n<!--\n${OLD} -->`).split('<application>')[1]}\n<?x ${OLD}?>`;
    expect(find(text)).toMatchObject({
      sites: [],
      outside: [
        { where: 'comment', line: 1 },
        { where: 'outside-server-table', line: 3 },
        { where: 'comment', line: 7 },
        { where: 'outside-server-table', line: 9 },
      ],
    });
    expect(replaced(text)).toBe(text);
  });

  it('is reported as a name, and in a text of which only a part is in one piece', () => {
    for (const value of [
      `<env name="${OLD}" value="1"/>`,
      `<a ${OLD.replaceAll('-', '_')}="1"/><entry key="${OLD}"/>`,
      `a <!-- b -->${OLD}`,
      `${OLD}<![CDATA[x]]>`,
    ]) {
      expect(find(around(value))).toMatchObject({ sites: [], outside: [{ where: 'outside-server-table', line: 4 }] });
    }
  });

  it.each([`<y k="x${OLD}"/>`, `${OLD}-x`, `&#65;${OLD}`, `<![CDATA[${OLD}]]><![CDATA[x]]>`])(
    'is a part of a longer token: %s',
    (value) => {
      expect(pathsIn(around(value))).toEqual([]);
    },
  );

  it('is in nothing: a blank file has no sites', () => {
    for (const text of ['', '\n', '\ufeff \r\n']) expect(find(text).sites).toEqual([]);
  });
});

describe('the check of a changed XML file', () => {
  const entry = { start: 0, end: 0 };
  const change = { path: ['x'], was: 'x', is: 'y', entryBefore: entry, entryAfter: entry, index: 0 };
  const isSame = (before: string, after: string, changes = [change]): boolean =>
    xml.isSameBut(Buffer.from(before), Buffer.from(after), changes);

  it('takes just the meant change', () => {
    expect(isSame('<a b="x">x</a>', "<a b='y'>x</a>")).toBe(true);
    expect(isSame('<a b="x">x</a>', '<a b="y">y</a>')).toBe(false);
    expect(isSame('<a b="x"/>', '<a b="x"/>')).toBe(false);
    expect(isSame('<a b="w"/>', '<a b="y"/>')).toBe(false);
    expect(isSame('<a b="x"/>', '<a b="z"/>')).toBe(false);
    for (const [before, after] of [
      ['<c/>', '<d/>'],
      ['<c d=""/>', '<c e=""/>'],
      ['<c d=""/>', '<c/>'],
      ['<!--c-->', '<!--d-->'],
      ['<!--c-->', ''],
      ['<?c d?>', '<?c e?>'],
      ['c', 'd'],
      ['<c/>', '<c>'],
    ]) {
      expect(isSame(`<a b="x">${before}</a>`, `<a b="y">${before}</a>`)).toBe(true);
      expect(isSame(`<a b="x">${before}</a>`, `<a b="y">${after}</a>`)).toBe(false);
    }
  });

  it('takes a text for whole only with its own quotes', () => {
    const isWhole = (text: string, start: number, end: number, style: string): boolean =>
      xml.isWhole(Buffer.from(text), { start, end, style });
    expect(isWhole('<a b="c"/>', 6, 7, 'double')).toBe(true);
    expect(isWhole('<a b="c"/>', 6, 7, 'single')).toBe(false);
    expect(isWhole('<a b="c&"/>', 6, 8, 'double')).toBe(false);
    expect(isWhole('<a b="c" d="e"/>', 6, 13, 'double')).toBe(false);
    expect(isWhole('<a>b</a>', 3, 4, 'text')).toBe(true);
    expect(isWhole('<a>b<c/>d</a>', 3, 9, 'text')).toBe(false);
    expect(isWhole('<a><![CDATA[b]]></a>', 12, 13, 'cdata')).toBe(true);
    expect(isWhole('<a><![CDATA[b]]> <![CDATA[c]]></a>', 12, 27, 'cdata')).toBe(false);
  });
});
