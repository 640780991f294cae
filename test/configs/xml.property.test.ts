import { DOMParser, Element, onErrorStopParsing } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { mutations } from './format-under-test.ts';
import { around, FRESH_KEYS, filled, mutantRekeyed, rekeyed, textOf, withHoles } from './parts.ts';
import { runs } from './runs.ts';
import { NEW, OLD, searchFor } from './samples.ts';
import { xmlDocuments } from './xml-documents.ts';

const component = ['application', 'component[Servers]'];
const search = searchFor(OLD, { tables: [component, [...component, 'commands']] });
const freshKey = fc.oneof(
  fc.constantFrom(...FRESH_KEYS, ']]>', ']', '>', ']>', '-->', '&amp;'),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((key) => key.isWellFormed()),
);

/** What `xmldom` sees: each element as a list of its name, attributes, texts, comments and elements. */
function read(text: string): unknown {
  const { documentElement } = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
    text.replace(/^\ufeff/, ''),
    'text/xml',
  );
  if (!documentElement) throw new Error('it is empty');
  return treeOf(documentElement);
}

function treeOf(element: Element): unknown[] {
  const attributes = [...element.attributes].map(({ name, value }) => [name, value]);
  const content: unknown[] = [];
  let text = '';
  for (const child of element.childNodes) {
    if (child.nodeType === child.TEXT_NODE || child.nodeType === child.CDATA_SECTION_NODE) {
      text += child.nodeValue ?? '';
      continue;
    }
    content.push(text, child instanceof Element ? treeOf(child) : [child.nodeName, child.nodeValue]);
    text = '';
  }
  return [element.nodeName, attributes, [...content, text]];
}

/** The hyphens of a comment's ends are no part of a key beside them, wherever they stand. */
const ALONE = new RegExp(`(?:(?<![A-Za-z0-9_-])|(?<=<!--))${OLD}(?=-->|$|[^A-Za-z0-9_-])`, 'g');
const leavesOf = (tree: unknown): string[] => (Array.isArray(tree) ? tree.flatMap(leavesOf) : [String(tree)]);

/** XML has no way to write these; a section has none for the end of a line but to become a text, which blanks around forbid. */
const mayBeRefused = (text: string, fresh: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML can't hold
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(fresh) ||
  (text.includes('CDATA') && /[\r\u0085\u2028\u2029]/.test(fresh));

describe('any XML document with keys anywhere', () => {
  it('has the new key where the old one was and no other byte changed, as xmldom reads it', () => {
    fc.assert(
      fc.property(xmlDocuments, freshKey, (parts, fresh) => {
        const text = textOf(parts);
        let result: string;
        try {
          result = rekeyed(text, fresh, 'xml', search);
        } catch (error) {
          if (error instanceof ConfigError && error.code === 'patch-refused' && mayBeRefused(text, fresh)) return;
          throw error;
        }
        if (!/[\r\u0085\u2028\u2029]/.test(fresh)) expect(result).toMatch(around(parts, fresh));
        expect(read(result)).toEqual(filled(read(withHoles(parts)), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('is refused, or changed rightly, when it was broken', () => {
    const mutation = mutations(
      '',
      '"',
      "'",
      '<',
      '>',
      '/',
      '&',
      ';',
      '=',
      ']]>',
      '<![CDATA[',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<a>',
      '\r',
      'x',
      '0',
      '\0',
    );
    fc.assert(
      fc.property(xmlDocuments, mutation, (parts, { at, cut, insert }) => {
        const text = textOf(parts);
        const place = at % (text.length + 1);
        const mutant = (text.slice(0, place) + insert + text.slice(place + cut)).toWellFormed();
        const changed = mutantRekeyed(mutant, 'xml', search);
        if (changed === null) return;
        expect(changed.result).toBe(changed.expected);
        const [was, is] = [leavesOf(read(mutant)), leavesOf(read(changed.result))];
        const different = was.flatMap((leaf, index) => (leaf === is[index] ? [] : [[leaf, is[index]] as const]));
        for (const [before, after] of different) expect(after).toBe(before.replace(ALONE, NEW));
        expect(different.flatMap(([before]) => before.match(ALONE))).toHaveLength(changed.paths.length);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
