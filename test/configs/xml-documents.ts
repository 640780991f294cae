import fc from 'fast-check';
import type { KeyText, Part } from './parts.ts';
import { OLD } from './samples.ts';

const blank = fc.array(fc.constantFrom(' ', '\n', '\r\n', '\t'), { maxLength: 2 }).map((parts) => parts.join(''));
const blanks = fc.constantFrom(' ', '\n', '\r\n  ', '\t');
const between = fc.oneof(
  { weight: 4, arbitrary: blank },
  fc.constantFrom(`<!-- ${OLD} <a b="c> -->`, '<!---->', `<?pi ${OLD} ?>`, '<?pi?>'),
);
const around = fc.array(between, { maxLength: 2 }).map((parts) => parts.join(''));
const name = fc.constantFrom('a', 'b', 'envs', 'map', 'é', '_1.-', 'constructor');

/** Text as XML writes it, each character in one of its ways. */
const written = (more: string): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('x', 'é', '你', '🔑', ' ', '\r\n', '\t', ']', ...more), { maxLength: 4 })
    .map((parts) => parts.join(''));
const references = fc
  .array(fc.constantFrom('&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&#10;', '&#x1F511;', '&#0065;', '>', ']'), {
    maxLength: 3,
  })
  .map((parts) => parts.join(''));
const keyWithReferences = fc.constantFrom(OLD, OLD.replace('-', '&#45;'), OLD.replace('sk', '&#x73;&#x6B;'));
const keyInSections = fc.constantFrom(
  OLD,
  OLD.replace('-old', '-]]><![CDATA[old'),
  OLD.replace('sk', 'sk]]><![CDATA['),
);

interface Pieces {
  readonly open: string;
  readonly key: string;
  readonly close: string;
}

const surroundings = (more: string) => fc.tuple(written(more), references, references, written(more));

const attributeValue: fc.Arbitrary<Pieces> = fc
  .constantFrom(['"', "'"] as const, ["'", '"'] as const)
  .chain(([quote, other]) =>
    fc.tuple(surroundings(other), keyWithReferences).map(([[a, b, c, d], key]) => ({
      open: `${quote}${a}${b} `,
      key,
      close: ` ${c}${d}${quote}`,
    })),
  );
const text: fc.Arbitrary<Pieces> = fc.tuple(surroundings(`"'`), keyWithReferences).map(([[a, b, c, d], key]) => ({
  // The end of a section must not come about.
  open: `${`${a}${b}`.replaceAll(']', 'y')} `,
  key,
  close: `${` ${c}${d}`.replaceAll(']', 'y')}`,
}));
const section: fc.Arbitrary<Pieces> = fc
  .tuple(surroundings(`"'<&`), keyInSections, fc.constantFrom('', ']]><![CDATA[', ']]]]><![CDATA[>'))
  .map(([[a, b, c, d], key, seam]) => ({
    open: `<![CDATA[${`${a}${b}`.replaceAll('>', 'y')}${seam} `,
    key,
    close: ` ${seam}${`${c}${d}`.replaceAll('>', 'y')}]]>`,
  }));

const keyText = (isInTable: boolean, pieces: fc.Arbitrary<Pieces>): fc.Arbitrary<KeyText> =>
  pieces.map((one) => ({ isInTable, isLiteral: false, ...one }));

/** An element with attributes, text, sections and other elements, and the key in any of them. */
const elements = (isInTable: boolean): fc.Arbitrary<Part[]> =>
  fc.letrec<{ element: Part[] }>((tie) => {
    const attributes = fc
      .uniqueArray(fc.tuple(name, keyText(isInTable, attributeValue), blanks, blank), {
        selector: ([own]) => own,
        maxLength: 2,
      })
      .map((all) => all.flatMap(([own, value, before, gap]): Part[] => [`${before}${own}${gap}=${gap}`, value]));
    const field = fc
      .tuple(fc.constantFrom(['option', 'name'], ['entry', 'key'], ['env', 'name']), keyText(isInTable, attributeValue))
      .map(([[tag, by], value]): Part[] => [`<${tag} ${by}="X" value=`, value, '/>']);
    const list = fc
      .array(keyText(isInTable, attributeValue), { maxLength: 2 })
      .map((items): Part[] => [
        '<list>',
        ...items.flatMap((value): Part[] => ['<option value=', value, '/>']),
        '</list>',
      ]);
    // A text that is one piece, with comments before and behind it; blanks there would be a part of it.
    const note = fc.constantFrom('', '<!-- c -->', '<?pi?>');
    const content = fc.oneof(
      fc.tuple(note, keyText(isInTable, text), note).map((parts): Part[] => parts),
      fc.tuple(around, keyText(isInTable, section), around).map((parts): Part[] => parts),
      fc
        .array(fc.tuple(around, fc.oneof({ depthSize: 'small' }, tie('element'), field, list)), { maxLength: 2 })
        .map((all) => all.flatMap(([before, one]): Part[] => [before, ...one])),
      fc.constant<Part[]>(['plain <!-- and --> more ', '<![CDATA[<sections>]]>']),
    );
    return {
      element: fc
        .tuple(name, attributes, blank, fc.option(content))
        .map(([tag, own, gap, inner]): Part[] =>
          inner ? [`<${tag}`, ...own, `${gap}>`, ...inner, `</${tag}${gap}>`] : [`<${tag}`, ...own, `${gap}/>`],
        ),
    };
  }).element;

/** Documents of XML's grammar as JetBrains' are laid out, with the key anywhere. */
export const xmlDocuments: fc.Arbitrary<readonly Part[]> = fc
  .record({
    mark: fc.constantFrom('', '\ufeff'),
    declaration: fc.constantFrom(
      '',
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<?xml version='1.0' standalone='no' ?>\r\n`,
    ),
    doctype: fc.constantFrom('', '<!DOCTYPE application>', '<!DOCTYPE application SYSTEM "a.dtd" >'),
    notes: fc.tuple(around, around, around, around),
    outside: elements(false),
    servers: fc.tuple(elements(true), elements(true)),
  })
  .map(({ mark, declaration, doctype, notes: [first, second, third, last], outside, servers: [own, listed] }) => [
    `${mark}${declaration}${first.replace(/^<\?pi/, ' <?pi')}${doctype}${second}<application>`,
    ...outside,
    `${third}<component name="Servers"><Server>`,
    ...own,
    `<option name="name" value="one"/></Server><commands>`,
    ...listed,
    `</commands></component>`,
    `</application>${last}`,
  ]);
