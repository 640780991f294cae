import type { Format } from './format.ts';

/**
 * Any other file: a shell's script, Emacs Lisp. No place in it is known as one where a key may be changed, so whatever is
 * found in it is reported and never changed.
 */
export const text: Format = {
  read: () => ({ literals: [], entries: [], comments: [] }),
  layer: () => neverAsked(),
  respell: () => neverAsked(),
  isWhole: () => neverAsked(),
  isSameBut: (before, after) => before.equals(after),
};

function neverAsked(): never {
  throw new Error('a file without values was to be changed');
}
