/** How many documents a property is tried on: what is given in `npm test`, fifty times as many in `npm run fuzz`. */
export function runs(count: number): number {
  return process.env.REKEY_FUZZ === '1' ? count * 50 : count;
}
