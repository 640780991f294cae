/**
 * What a host told of its servers, with the texts that a server reads further taken apart by their own readers: the
 * query of an address, JSON in an argument. So a key stands in it as the server gets it.
 */
export function decoded(tree: unknown): unknown {
  if (typeof tree === 'string') return decodedText(tree);
  if (Array.isArray(tree)) return tree.map(decoded);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, decoded(value)]));
}

function decodedText(text: string): unknown {
  if (/^https?:/.test(text)) return [...new URL(text).searchParams];
  const [, option, json] = /^(--[a-z]+=)?(\{"apiKey":.*\})$/s.exec(text) ?? [];
  return json === undefined ? text : [option, JSON.parse(json)];
}

/** The same with one key for another: what a host is to tell after a rotation. */
export function withKey(tree: unknown, old: string, fresh: string): unknown {
  if (typeof tree === 'string') return tree.replaceAll(old, () => fresh);
  if (Array.isArray(tree)) return tree.map((item) => withKey(item, old, fresh));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, withKey(value, old, fresh)]));
}
