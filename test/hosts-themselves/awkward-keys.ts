/**
 * A key out of all marks that some notation writes in another way, as a service may make one: visible ASCII. No `${`:
 * the hosts would take it for a reference.
 */
export const AWKWARD_KEY = 'sk-live-a"b\\c#d%41e&f=g\'h`i;j<k>l$(m)~n,o:p/q?r@s!t*u|v^w[x]y{z}+"\\';

/** A second one, to take the place of the first. */
export const OTHER_AWKWARD_KEY = '"\'\\u0041{}#%%25&amp;<!--sk-live-other-->*///[]\\n\\"';

/** The ways in which a key may stand in a config file, a URL or a text of a host. */
export function spellingsOf(key: string): readonly string[] {
  const inJson = JSON.stringify(key).slice(1, -1);
  return [...new Set([key, inJson, JSON.stringify(inJson).slice(1, -1), encodeURIComponent(key)])];
}
