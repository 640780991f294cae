import { DUMP_SCHEMA, eventsToAst, type MappingNode, type Node, parseEvents, type ScalarNode } from 'js-yaml';
import type { JsonPath } from '../site.ts';
import type { Change } from './format.ts';

/** More than the documents that were read have, so that nothing is refused here for its depth alone. */
const DEEPEST = 250;
const TEXT_TAG = 'tag:yaml.org,2002:str';
const TEXT_TAGS = [TEXT_TAG, '!!str'];

/**
 * Whether js-yaml sees the same two documents, node by node, but for the changes: each where its path leads, and in their
 * order. Aliases are compared as such, so that a bomb costs no more than its text.
 */
export function isSameYaml(before: string, after: string, changes: readonly Change[]): boolean {
  const was = read(before);
  const is = read(after);
  if (was === null || is === null) return false;
  const pending = changes.filter((change) => change.was !== change.is);
  const changed = changedScalars(was, is, pending);
  if (changed === null || changed.length !== pending.length) return false;
  const anchors = new Anchors(is);
  return pending.every(({ path }, index) => anchors.at(is, path).some((node) => node === changed[index]));
}

/** The one document in a text, with each plain scalar tagged as YAML 1.1 or 1.2 would: as text only where both do. */
function read(text: string): Node | null {
  try {
    const documents = eventsToAst(parseEvents(text, { maxDepth: DEEPEST }), { source: text, schema: DUMP_SCHEMA });
    return documents.length === 1 ? (documents[0]?.contents ?? null) : null;
  } catch {
    // It throws for whatever is no YAML; and its sentences hold text of the document.
    return null;
  }
}

/** The scalars that were changed as they should be; null when anything else is another than it was. */
function changedScalars(before: Node, after: Node, changes: readonly Change[]): ScalarNode[] | null {
  const changed: ScalarNode[] = [];
  const isSame = (was: Node, is: Node): boolean => {
    if (was.kind === 'alias' || is.kind === 'alias') {
      return was.kind === is.kind && was.anchor === is.anchor;
    }
    if (was.anchor !== is.anchor || was.tagged !== is.tagged) return false;
    if (was.kind === 'scalar' && is.kind === 'scalar') {
      if (was.value === is.value && was.tag === is.tag) return true;
      const change = changes[changed.length];
      changed.push(is);
      return isChange(was, is, change);
    }
    if (was.tag !== is.tag) return false;
    const [old, now] = [inside(was), inside(is)];
    return was.kind === is.kind && old.length === now.length && old.every((node, at) => isSameAt(node, now[at]));
  };
  const isSameAt = (was: Node, is: Node | undefined): boolean => is !== undefined && isSame(was, is);
  return isSame(before, after) ? changed : null;
}

function isChange(was: ScalarNode, is: ScalarNode, change: Change | undefined): boolean {
  const areTexts = TEXT_TAGS.includes(was.tag) && TEXT_TAGS.includes(is.tag);
  // Half of a pair of surrogates can't be spelled in our layers, and no edit touches one.
  return areTexts && was.value.toWellFormed() === change?.was && is.value.toWellFormed() === change.is;
}

/** Names and values, or items, in the order of the file. */
function inside(node: Node): Node[] {
  if (node.kind === 'mapping') return node.items.flatMap(({ key, value }) => [key, value]);
  return node.kind === 'sequence' ? node.items : [];
}

/** What aliases name: an anchor holds from where it stands to where another of its name does. */
class Anchors {
  readonly #named = new Map<Node, Node>();

  constructor(root: Node) {
    const anchors = new Map<string, Node>();
    const walk = (node: Node): void => {
      if (node.kind === 'alias') {
        const named = anchors.get(node.anchor);
        if (named) this.#named.set(node, named);
        return;
      }
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      for (const one of inside(node)) walk(one);
    };
    walk(root);
  }

  /** All nodes that a path leads to, by aliases and merge keys too: more than one where a name stands twice. */
  at(root: Node, path: JsonPath): Node[] {
    let nodes = [this.#itself(root)];
    for (const step of path) nodes = [...new Set(nodes.flatMap((node) => this.#child(node, step)))];
    return nodes;
  }

  #itself(node: Node): Node {
    return this.#named.get(node) ?? node;
  }

  #child(node: Node, step: string | number): Node[] {
    if (node.kind === 'sequence') {
      const item = typeof step === 'number' ? node.items[step] : undefined;
      return item ? [this.#itself(item)] : [];
    }
    if (node.kind !== 'mapping') return [];
    return this.#withMerged(node).flatMap(({ items }) =>
      items.filter(({ key }) => this.#isNamed(key, String(step))).map(({ value }) => this.#itself(value)),
    );
  }

  #isNamed(key: Node, name: string): boolean {
    const named = this.#itself(key);
    return named.kind === 'scalar' && named.value === name;
  }

  /** The object and all that are merged into it, and into them. */
  #withMerged(node: MappingNode): readonly MappingNode[] {
    const all = new Set([node]);
    for (const object of all) {
      for (const { key, value } of object.items) {
        if (!this.#isNamed(key, '<<')) continue;
        const base = this.#itself(value);
        for (const one of base.kind === 'sequence' ? base.items : [base]) {
          const merged = this.#itself(one);
          if (merged.kind === 'mapping') all.add(merged);
        }
      }
    }
    return [...all];
  }
}
