import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { previewLine } from '../../main/configs/preview.ts';
import type { Search } from '../../main/configs/site.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { around, documents } from './documents.ts';
import { runs } from './runs.ts';
import { NEW, OLD, searchFor } from './samples.ts';

const masks = { before: 'sk-\u2022\u2022\u2022\u2022 (aaa)', after: 'sk-\u2022\u2022\u2022\u2022 (bbb)' };

function previews(text: string, search: Search = searchFor()): { before: string; after: string }[] {
  const bytes = Buffer.from(text);
  const { sites } = findSites(bytes, 'jsonc', search);
  return sites.map((site) =>
    previewLine(
      bytes,
      'jsonc',
      sites,
      site,
      masks,
      search.needles.map(({ value }) => value),
    ),
  );
}

describe('the preview of a line', () => {
  it.each([
    [`"ACME_API_KEY": "${OLD}",`, '"ACME_API_KEY": "sk-\u2022\u2022\u2022\u2022 (bbb)",'],
    [`\t"Authorization": "Bearer ${OLD}"`, '"Authorization": "Bearer sk-\u2022\u2022\u2022\u2022 (bbb)"'],
    [
      `"url": "https://h.invalid/mcp?api_key=${OLD}&x=1"`,
      '"url": "https://h.invalid/mcp?api_key=sk-\u2022\u2022\u2022\u2022 (bbb)&x=1"',
    ],
    [`"A": "${OLD}", "B": "${OLD}x", "C": 7`, '"A": "sk-\u2022\u2022\u2022\u2022 (bbb)", "B": "\u2026", "C": 7'],
    [
      `"A": "--key=${OLD} --k2=${OLD}"`,
      '"A": "--key=sk-\u2022\u2022\u2022\u2022 (bbb) --k2=sk-\u2022\u2022\u2022\u2022 (bbb)"',
    ],
  ])('shows the line with the key masked: %s', (line, after) => {
    const text = `{"mcpServers": {"a": {"env": {\n${line}\n}}}}`;
    expect(previews(text)[0]).toEqual({ before: after.replaceAll('(bbb)', '(aaa)'), after });
  });

  it('shows names, and no other value on the line', () => {
    const text = `{"mcpServers":{"a":{"command":"node","args":["--pw","hunter2"],"env":{"PASSWORD":"hunter2","A":"${OLD}","PIN":"1234"}}}}`;
    const [preview] = previews(text);
    expect(preview?.after).toContain(
      '"env":{"PASSWORD":"\u2026","A":"sk-\u2022\u2022\u2022\u2022 (bbb)","PIN":"\u2026"}',
    );
    expect(preview?.after).not.toMatch(/hunter2|1234/);
  });

  it('hides other secrets in the same string: known ones, and what looks like one', () => {
    const needles = [...searchFor().needles, { role: 'hmac', value: new Secret('hmac-value') }];
    const text = `{"mcpServers":{"a":{"args":["${OLD} hmac-value hmac-valuex token=ghp_A1b2C3d4E5f6G7 ACME_2_API_KEY=x"]}}}`;
    const preview = previews(text, searchFor(OLD, { needles }))[0];
    expect(preview?.after).toContain(
      '"sk-\u2022\u2022\u2022\u2022 (bbb) \u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022x token=\u2026 ACME_2_API_KEY=x"',
    );
  });

  it('hides secrets in comments and names on the line', () => {
    const text = `{"mcpServers":{"a":{"env":{"${OLD}":"x","A":"${OLD}"}}}} // ${OLD} ${NEW}`;
    const needles = [...searchFor().needles, { role: 'new', value: new Secret(NEW) }];
    const preview = previews(text, searchFor(OLD, { needles }))[0];
    expect(preview?.before).not.toMatch(/0123456789|9876543210/);
  });

  it('is short in a file of one line, cut between words', () => {
    const filler = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`NAME_${index}`, 'value']));
    const text = JSON.stringify({
      mcpServers: { a: { env: { ...filler, A: OLD, Z: 'gr\u00fc\u00dfe', ...{ Y: 'x'.repeat(500) } } } },
    });
    const [preview] = previews(text);
    expect(preview?.after).toMatch(/^\u2026.*"A":"sk-\u2022\u2022\u2022\u2022 \(bbb\)".*\u2026$/);
    expect(preview?.after.length).toBeLessThan(220);
  });

  it('never holds a secret, in any document', () => {
    const needles = [...searchFor().needles, { role: 'other', value: new Secret(NEW) }];
    const site = fc
      .tuple(around, fc.subarray([OLD, NEW, `${OLD}x`, `x-${NEW}`], { minLength: 1 }))
      .map(([[before, after], keys]) => before + keys.join(' ') + after);
    fc.assert(
      fc.property(documents(site, true), (text) => {
        for (const { before, after } of previews(text, searchFor('', { needles }))) {
          expect(before + after).not.toMatch(/0123456789|9876543210/);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });
});
