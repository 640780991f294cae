import sax from 'sax';
import type { Change } from './format.ts';

/** What `sax` tells of: a value or a text, or a name, a tag, a comment. */
interface Told {
  readonly isText: boolean;
  value: string;
}

/** Whether `sax` sees the same in both documents, but for the changes. */
export function isSameXml(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
  const old = told(before);
  const now = told(after);
  if (old?.length !== now?.length || !old || !now) return false;
  const expected = changes.filter(({ was, is }) => was !== is);
  let met = 0;
  const same = old.every((was, index) => {
    const is = now[index];
    if (!is || is.isText !== was.isText) return false;
    if (is.value === was.value) return true;
    const change = expected[met++];
    return is.isText && change !== undefined && isRead(was.value, change.was) && isRead(is.value, change.is);
  });
  return same && met === expected.length;
}

/** `sax` leaves tabs and ends of lines in attributes as they are, where all other readers make blanks of them. */
function isRead(bySax: string, byUs: string): boolean {
  const blanked = (text: string): string => text.replace(/[\t\n]/g, ' ');
  return bySax === byUs || blanked(bySax) === blanked(byUs);
}

/** Everything in the document in its order; null where it is not well-formed. */
function told(bytes: Buffer): readonly Told[] | null {
  const all: Told[] = [];
  let broken = false;
  const other = (what: string) => (value: string) => void all.push({ isText: false, value: `${what} ${value}` });
  // Strict, and no entities but those of XML: its types don't know this option.
  const options: Parameters<typeof sax.parser>[1] & { strictEntities: boolean } = { strictEntities: true };
  const reader = sax.parser(true, options);
  reader.onopentagstart = ({ name }) => other('begin')(name);
  reader.onclosetag = other('end');
  reader.oncomment = other('comment');
  reader.ondoctype = other('doctype');
  reader.onprocessinginstruction = ({ name, body }) => other('instruction')(`${name} ${body}`);
  reader.onattribute = ({ name, value }) => {
    other('attribute')(name);
    all.push({ isText: true, value });
  };
  reader.ontext = (value) => void all.push({ isText: true, value });
  // Sections without anything between them are one text.
  let lastSection: Told | null = null;
  reader.oncdata = (value) => {
    if (lastSection !== null && lastSection === all.at(-1)) lastSection.value += value;
    else {
      lastSection = { isText: true, value };
      all.push(lastSection);
    }
  };
  reader.onerror = () => {
    broken = true;
  };
  try {
    reader.write(bytes.toString().replace(/\r\n?/g, '\n'));
    if (!broken) reader.close();
  } catch {
    // An attribute called `hasOwnProperty` makes it stumble: nothing is proven then.
    return null;
  }
  return broken ? null : all;
}
