import { describe, expect, it } from 'vitest';
import { text } from '../../main/configs/formats/text.ts';
import { patch } from '../../main/configs/patch.ts';
import { find, OLD, searchFor } from './samples.ts';

describe('a key in a file of no known notation', () => {
  it('is reported with its line, wherever it stands, and nothing is changed', () => {
    const script = `#!/bin/sh\n# ${OLD}\nexport KEY='${OLD}'\n(setenv "KEY" "${OLD}x")\nx ${OLD}`;
    for (const tables of [[], [[]], 'everything'] as const) {
      const found = find(script, searchFor(OLD, { tables }), 'text');
      expect(found).toMatchObject({ sites: [], servers: [], references: [], otherKeys: [] });
      expect(found.outside).toEqual([2, 3, 5].map((line) => ({ where: 'outside-server-table', line })));
    }
    expect(patch(Buffer.from(script), 'text', []).toString()).toBe(script);
  });

  it('is nothing that such a file could be asked for', () => {
    const bytes = Buffer.from(OLD);
    const literal = { start: 0, end: 1, style: 'plain' };
    expect(() => text.layer(bytes, literal)).toThrow('without values');
    expect(() => text.respell(bytes, literal, 'a')).toThrow('without values');
    expect(() => text.isWhole(bytes, literal)).toThrow('without values');
    expect(text.isSameBut(bytes, Buffer.from(`${OLD}x`), [])).toBe(false);
  });
});
