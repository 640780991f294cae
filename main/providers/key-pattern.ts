/** The pattern of a whole key as one that finds keys inside of other text. */
export function keysInside(keyPattern: RegExp): RegExp {
  const source = keyPattern.source.replace(/^\^/, '').replace(/\$$/, '');
  return new RegExp(source, `${keyPattern.flags.replace('g', '')}g`);
}
