import { placeOf } from '../place.ts';
import type { TreeNode, TreeObject } from './tree-tables.ts';
import type { XmlElement, XmlText } from './xml-element.ts';

type Member = TreeObject['members'][number];

/** Elements that are one field, map entry or variable, and the attribute that names it (JetBrains' XmlSerializer). */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['option', 'name'],
  ['entry', 'key'],
  ['env', 'name'],
]);
const LISTS: readonly string[] = ['list', 'set', 'array'];

/**
 * An XML document as one tree with other notations, read as JetBrains' programs write their settings:
 * - an element is an object: its attributes are the members `@name`, its text is `#text`, its children have their tags
 *   as names, or `tag[name]` where an attribute or a field `name` names them: `component[RunManager]`
 * - `<option name="n" value="v"/>` is the member `n` with the text `v`, and so are map entries and variables; with
 *   children, it is the member `n` with these, or with what is in the one `<list>` or `<map>` in it
 * - the children of `<list>` have indexes, and `<option value="v"/>` among them is the text `v`
 */
export function xmlTree(root: XmlElement): TreeObject {
  return { kind: 'object', start: root.start, end: root.end, members: membersFor(root) };
}

/** What an element is in its parent. One member as a rule; two where a field has a value and more. */
function membersFor(element: XmlElement): Member[] {
  const { attributes } = element;
  const namedBy = FIELDS.get(element.tag) ?? '';
  const name = attributes.get(namedBy)?.value;
  if (name !== undefined) {
    const value = attributes.get('value');
    const members = inside(element, [namedBy, 'value']);
    const rest = { kind: 'object', start: element.start, end: element.end, members } as const;
    if (!value) return [{ name, value: collectionIn(element) ?? rest }];
    const field = { name, value: fieldValue(name, value) };
    return members.length > 0 ? [field, { name, value: rest }] : [field];
  }
  if (!LISTS.includes(element.tag)) return [{ name: nameOf(element), value: objectOf(element) }];
  const list = { name: element.tag, value: listOf(element) };
  return attributes.size > 0 ? [list, { name: element.tag, value: objectOf({ ...element, content: [] }) }] : [list];
}

/** JetBrains takes its command lines apart into words, by rules of its own. */
function fieldValue(name: string, value: XmlText): XmlText {
  return placeOf(name) === 'argument' ? value.asCommandLine() : value;
}

/** The list or map that is the whole value of a field. */
function collectionIn({ attributes, content: [only, another] }: XmlElement): TreeNode | null {
  if (attributes.size > 1 || only?.kind !== 'element' || another || only.attributes.size > 0) return null;
  if (LISTS.includes(only.tag)) return listOf(only);
  return only.tag === 'map' ? objectOf(only) : null;
}

function listOf({ start, end, content }: XmlElement): TreeNode {
  return { kind: 'list', start, end, items: content.map(itemOf) };
}

function objectOf(element: XmlElement): TreeObject {
  return { kind: 'object', start: element.start, end: element.end, members: inside(element, []) };
}

/** Attributes, but for those in `known`, and content. */
function inside(element: XmlElement, known: readonly string[]): Member[] {
  const members: Member[] = [];
  for (const [name, value] of element.attributes) {
    if (!known.includes(name)) members.push({ name: `@${name}`, value: fieldValue(name, value) });
  }
  for (const one of element.content) {
    if (one.kind === 'text') members.push({ name: '#text', value: one });
    else members.push(...membersFor(one));
  }
  return members;
}

function itemOf(one: XmlElement | XmlText): TreeNode {
  if (one.kind === 'text') return one;
  const value = one.tag === 'option' ? one.attributes.get('value') : undefined;
  return value && one.attributes.size === 1 && one.content.length === 0 ? value : objectOf(one);
}

function nameOf({ tag, attributes, content }: XmlElement): string {
  const field = content.find((one) => one.kind === 'element' && one.tag === 'option' && fieldName(one) === 'name');
  const name = attributes.get('name') ?? (field?.kind === 'element' ? field.attributes.get('value') : undefined);
  return name ? `${tag}[${name.value}]` : tag;
}

function fieldName(element: XmlElement): string | undefined {
  return element.attributes.get('name')?.value;
}
