import { describe, expect, it } from 'vitest';
import type { Change } from '../../main/configs/formats/format.ts';
import { yaml } from '../../main/configs/formats/yaml.ts';
import { NEW, OLD } from './samples.ts';

const before = `x: &x ${OLD}\nn: 1\nt: yes\nmcpServers:\n  acme:\n    env: {A: ${OLD}, B: *x}\n    <<: {C: d}\n`;

function change(path: readonly (string | number)[], was = OLD, is = NEW): Change {
  const nowhere = { start: 0, end: 0 };
  return { path, was, is, entryBefore: nowhere, entryAfter: nowhere, index: 0 };
}

const changes = [change(['mcpServers', 'acme', 'env', 'B']), change(['mcpServers', 'acme', 'env', 'A'])];
const good = before.replaceAll(OLD, NEW);

function judged(after: string, meant: readonly Change[] = changes): boolean {
  return yaml.isSameBut(Buffer.from(before), Buffer.from(after), meant);
}

describe('a changed YAML document', () => {
  it('is the same but for the changes when nothing else changed, in whatever style they are written', () => {
    expect(judged(good)).toBe(true);
    expect(judged(good.replace(NEW, `"${NEW}"`))).toBe(true);
    expect(judged(before, [])).toBe(true);
    const merged = before.replace('{C: d}', '{C: e}');
    expect(judged(merged, [change(['mcpServers', 'acme', 'C'], 'd', 'e')])).toBe(true);
  });

  it.each([
    ['a key was left out', good.replace(NEW, OLD)],
    ['the new key is another', good.replace(NEW, `${NEW}x`)],
    ['the new key is a number to a reader', good.replace(NEW, '1e3')],
    ['another value changed', good.replace('d}', 'e}')],
    ['a number became a text', good.replace('n: 1', 'n: "1"')],
    ['a word became a text', good.replace('yes', '"yes"')],
    ['a name changed', good.replace('C:', 'D:')],
    ['an alias became a text', good.replace('*x', NEW)],
    ['an anchor has another name', good.replace('&x', '&y').replace('*x', '*y')],
    ['a tag was added', good.replace('{C', '!!map {C')],
    ['a value was added', good.replace('C: d', 'C: d, E: f')],
    ['a value was left out', good.replace(', B: *x', '')],
    ['another document was added', `${good}--- {}\n`],
    ['it is broken', good.replace('}', ']')],
  ])('is not when %s', (_what, after) => {
    expect(judged(after)).toBe(false);
  });

  it('is not when a change is not where it was meant', () => {
    const [aliased] = changes;
    const elsewhere = change(['mcpServers', 'acme', 'env', 'C']);
    expect(judged(good, aliased ? [aliased, elsewhere] : [])).toBe(false);
    expect(judged(good, changes.toReversed())).toBe(false);
    expect(judged(good, [])).toBe(false);
  });
});
