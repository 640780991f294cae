import { describe, expect, it } from 'vitest';
import { readDocument } from '../../main/configs/document.ts';
import { json } from '../../main/configs/formats/json.ts';
import type { ChangedLiteral } from '../../main/configs/placed-edit.ts';
import type { Site } from '../../main/configs/site.ts';
import { spotAt } from '../../main/configs/spot.ts';
import { isAsMeant } from '../../main/configs/verify.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { find, NEW, OLD, TABLES, withEntry } from './samples.ts';

const text = withEntry({ env: { A: OLD, B: 'b' }, url: `https://h.invalid/?k=${OLD}&x=1`, n: 1 });
const before = Buffer.from(text);

/** One changed string for each site, with `value` as the new key, which is written as `written`. */
function changed(value = NEW, written = value): ChangedLiteral[] {
  return find(text).sites.map((site) => changedAt(site, value, written));
}

function changedAt(site: Site, value: string, written: string): ChangedLiteral {
  const spot = spotAt(json, before, site);
  if (!spot) throw new Error('the site is not where it was found');
  const was = spot.layer.literal.bytes.toString();
  return {
    within: site.within,
    edits: [{ edit: { site, value: new Secret(value) }, spot }],
    was,
    is: was.replace(OLD, () => spot.layer.spell({ start: 0, end: 0, text: value }, spot.layer.literal).text),
    pieces: [{ start: site.start, end: site.end, text: written }],
    isRespelled: false,
  };
}

function judged(result: string, changes = changed()): boolean {
  const after = Buffer.from(result);
  return isAsMeant(json, before, after, readDocument(after, 'json', TABLES, 'f'), changes);
}

describe('a result', () => {
  const good = text.replaceAll(OLD, NEW);

  it('is as meant when nothing but the keys changed', () => {
    expect(judged(good)).toBe(true);
  });

  it.each([
    ['nothing changed', text],
    ['a key was left out', text.replace(OLD, NEW)],
    ['another value changed', good.replace('"b"', '"c"')],
    ['a name changed', good.replace('"B"', '"C"')],
    ['a number changed', good.replace('1\n', '2\n')],
    ['a blank changed', good.replace('  ', ' \t')],
    ['something was added at the end', `${good}\n`],
    ['the new key is another', good.replaceAll(NEW, NEW.replace('9', '8'))],
  ])('is not when %s', (_what, result) => {
    expect(judged(result)).toBe(false);
  });

  it('is not when a key was not written as its place needs it, though every other byte is right', () => {
    const [env, url] = find(text).sites;
    if (!env || !url) throw new Error('two sites were expected');
    const [rightEnv, rightUrl] = changed();
    if (!rightEnv || !rightUrl) throw new Error('two changes were expected');
    const raw = changedAt(url, 'a%41b', 'a%41b');
    expect(judged(good.replace(`k=${NEW}`, 'k=a%41b'), [rightEnv, raw])).toBe(false);
    const escaped = changedAt(env, 'a\\u0041', 'a\\u0041');
    expect(judged(good.replace(`"${NEW}"`, '"a\\u0041"'), [escaped, rightUrl])).toBe(false);
    const ended = changedAt(env, 'a", "Z": "b', 'a", "Z": "b');
    expect(judged(good.replace(`"${NEW}"`, '"a", "Z": "b"'), [ended, rightUrl])).toBe(false);
  });

  it('is not when the old text was no whole string', () => {
    const [env, url] = changed();
    if (!env || !url) throw new Error('two changes were expected');
    const cut = { ...env, within: { ...env.within, start: (env.pieces[0]?.start ?? 0) + 1 } };
    expect(judged(good, [cut, url])).toBe(false);
  });
});
