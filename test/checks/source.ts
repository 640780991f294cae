import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from '@swc/core';
import { root } from '../../build/build.ts';

/** A node of the syntax tree, as the parser names it; its children are among its other properties. */
export interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface Source {
  /** From the root of the repository, with slashes. */
  readonly file: string;
  readonly tree: Node;
}

/** The parsed sources of these patterns, relative to the root of the repository. */
export function sources(...patterns: string[]): Source[] {
  return globSync(patterns, { cwd: root })
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { file: path.split(sep).join('/'), tree: parsed(text, path.endsWith('x')) };
    });
}

/** @param jsx whether `<` can begin an element. */
export function parsed(text: string, jsx = false): Node {
  const tree: unknown = parseSync(text, { syntax: 'typescript', tsx: jsx, target: 'es2024' });
  return tree as Node; // its own types name no children
}

/** All nodes of a tree, parents before their children. */
export function* nodes(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) {
    for (const one of tree) yield* nodes(one);
  } else if (typeof tree === 'object' && tree !== null) {
    if (isNode(tree)) yield tree;
    for (const value of Object.values(tree)) yield* nodes(value);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The texts of a template literal between its values. */
export function quasisOf(template: Node): string[] {
  return (template.quasis as { cooked: string }[]).map(({ cooked }) => cooked); // swc's shape of a TemplateLiteral
}
