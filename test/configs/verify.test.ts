import { describe, expect, it } from 'vitest';
import { readDocument } from '../../main/configs/document.ts';
import { json } from '../../main/configs/formats/json.ts';
import type { PlacedEdit } from '../../main/configs/placed-edit.ts';
import { spotAt } from '../../main/configs/spot.ts';
import { isAsMeant } from '../../main/configs/verify.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { find, NEW, OLD, TABLES, withEntry } from './samples.ts';

const text = withEntry({ env: { A: OLD, B: 'b' }, url: `https://h.invalid/?k=${OLD}&x=1`, n: 1 });
const before = Buffer.from(text);

function placed(): PlacedEdit[] {
  return find(text).sites.map((site) => {
    const spot = spotAt(json, before, site.within, site, site.fingerprint);
    if (!spot) throw new Error('the site is not where it was found');
    return {
      edit: { site, value: new Secret(NEW) },
      spot,
      start: site.start,
      end: site.end,
      written: Buffer.from(NEW),
    };
  });
}

function judged(result: string, edits = placed()): boolean {
  const after = Buffer.from(result);
  return isAsMeant(json, before, after, readDocument(after, 'json', TABLES, 'f'), edits);
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
    const [env, url] = placed();
    if (!env || !url) throw new Error('two sites were expected');
    const spell = (edit: PlacedEdit, written: string, value: string): PlacedEdit => ({
      ...edit,
      edit: { site: edit.edit.site, value: new Secret(value) },
      written: Buffer.from(written),
    });
    const raw = spell(url, 'a%41b', 'a%41b');
    expect(judged(good.replace(`k=${NEW}`, 'k=a%41b'), [env, raw])).toBe(false);
    const escaped = spell(env, 'a\\u0041', 'a\\u0041');
    expect(judged(good.replace(`"${NEW}"`, '"a\\u0041"'), [escaped, url])).toBe(false);
    const ended = spell(env, 'a", "Z": "b', 'a", "Z": "b');
    expect(judged(good.replace(`"${NEW}"`, '"a", "Z": "b"'), [ended, url])).toBe(false);
  });

  it('is not when the old text was no whole string', () => {
    const [env, url] = placed();
    if (!env || !url) throw new Error('two sites were expected');
    const cut = { ...env.edit.site, within: { start: env.start + 1, end: env.edit.site.within.end } };
    expect(judged(good, [{ ...env, edit: { ...env.edit, site: cut } }, url])).toBe(false);
  });
});
