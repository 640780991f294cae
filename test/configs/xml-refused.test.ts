import { describe, expect, it } from 'vitest';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { rekeyed } from './parts.ts';
import { find as findIn, NEW, OLD, searchFor } from './samples.ts';

const search = searchFor(OLD, { tables: [['a']] });
const find = (text: string): Findings => findIn(text, search, 'xml');

describe('a file that is not read', () => {
  const value = `<x>${OLD}</x>`;
  it.each([
    ['an element that is not closed', `<b>\n<a>${value}</b>`, 2],
    ['one that is not begun', `${value}\n</a>`, 2],
    ['the whole not closed', `<a>\n<b>${value}</b>`, 1],
    ['a tag that is not closed', `<a>${value}\n<b`, 2],
    ['a value that is not closed', `<a>\n<b c="${OLD}></b></a>`, 2],
    ['a value without quotes', `<a>\n<b c=${OLD}/></a>`, 2],
    ['an attribute without a value', `<a>\n<b ${OLD}/></a>`, 2],
    ['an attribute twice', `<a>\n<b c="${OLD}" c=''/></a>`, 2],
    ['attributes without a blank between', `<a b="${OLD}"c=""/>`, 1],
    ['a bracket in a value', `<a b="<${OLD}"/>`, 1],
    ['an entity of its own', `<a>\n&key; ${OLD}</a>`, 2],
    ['half a reference', `<a b="& ${OLD}"/>`, 1],
    ['a reference to no character', `<a>\n&#0; ${OLD}&#xD800;</a>`, 2],
    ['the end of a section without a beginning', `<a>${OLD} ]]></a>`, 1],
    ['a section that is not closed', `<a><![CDATA[${OLD} ]]</a>`, 1],
    ['a comment with two hyphens', `<!-- a -- b -->${value}`, 1],
    ['a comment that is not closed', `${value}<!-- `, 1],
    ['an instruction that is not closed', `${value}<? a`, 1],
    ['text around the document', `${value}\n${OLD}`, 2],
    ['two documents', `${value}\n${value}`, 2],
    ['no document', `<!-- ${OLD} -->`, 1],
    ['a control character', `<x>\n\u0001${OLD}</x>`, 2],
    ['a name with a mark', `<x>\n<×/>${OLD}</x>`, 2],
    ['declarations in the DOCTYPE', `<!DOCTYPE x [<!ENTITY e "${OLD}">]>\n<x>&e;</x>`, 1],
    ['a DOCTYPE in the document', `<x>\n<!DOCTYPE x>${OLD}</x>`, 2],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>\n${value}`, 1],
    ['another version', `<?xml version="1.1"?>\n${value}`, 1],
    ['a declaration that is not at the beginning', `\n<?xml version="1.0"?>${value}`, 2],
  ])('is told with its line, without its text: %s', (_what, text, line) => {
    let thrown: unknown;
    try {
      find(text);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof ConfigError)) throw new Error('it was not refused');
    expect(thrown.code).toBe('file-not-parsable');
    expect(thrown.message).toContain(`(line ${line}, column `);
    expect(thrown.message).not.toMatch(/sk-live|key;|D800/);
  });

  it('is too deep', () => {
    const deep = (levels: number): string => '<a>'.repeat(levels) + OLD + '</a>'.repeat(levels);
    expect(find(deep(1_000)).sites).toHaveLength(1);
    for (const levels of [1_001, 100_000]) expect(() => find(deep(levels))).toThrow('levels deep');
  });
});

describe('a large XML file', () => {
  it('is read and changed', () => {
    const many = `<option name="n" value="v &amp; w"/><!-- -->\n`;
    const long = `<y k="${'&lt;'.repeat(16_000)}"/>`;
    const text = `<a><s><x>${OLD}</x>${long}</s>${many.repeat(16_000)}</a>`;
    expect(rekeyed(text, NEW, 'xml', search)).toContain(NEW);
  });

  it('is refused beyond ten megabytes', () => {
    expect(() => find(`<a>${'x'.repeat(10_000_000)}</a>`)).toThrow('more than 10 MB');
  });
});
