import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { find, NEW, replaceAll, searchFor } from './samples.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/configs');

function fixture(path: string): Buffer {
  return readFileSync(join(FIXTURES, path));
}

/** Files as the hosts' own command lines wrote them, and with comments as people write them. */
const keys: [file: string, key: string, places: string[]][] = [
  ['claude-code/dot-claude.json', 'sk-NEW-user-0001', ['acme-user env']],
  ['claude-code/dot-claude.json', 'sk-NEW-http-0001', ['acme-http url', 'acme-http header']],
  ['claude-code/dot-claude.json', 'sk-NEW-json-0001', ['acme-json argument']],
  ['claude-code/dot-claude.json', 'sk-NEW-local-0001', ['acme-local argument', 'acme-local env']],
  ['claude-code/dot-mcp.json', 'sk-NEW-proj-0001', ['acme-proj env']],
  ['gemini-cli/user-settings.json', 'sk-OLD-0001', ['acme argument', 'acme env']],
  ['gemini-cli/user-settings.json', 'sk-OLD-0003', ['acmeh url', 'acmeh header']],
  ['gemini-cli/project-settings.json', 'sk-OLD-0002', ['acmep env']],
  ['opencode/opencode.jsonc', 'sk-OLD-0001', ['acme argument', 'acme env']],
  ['opencode/opencode.jsonc', 'sk-OLD-0003', ['acmeh url', 'acmeh header']],
];

describe('files that hosts wrote', () => {
  it.each(keys)('%s: every place of %s is found, and only the key changes', (file, key, places) => {
    const bytes = fixture(file);
    const { sites, outside } = find(bytes, searchFor(key));
    expect(sites.map(({ server, place }) => `${server} ${place}`)).toEqual(places);
    expect(outside).toEqual([]);
    expect(replaceAll(bytes, NEW, searchFor(key)).toString()).toBe(bytes.toString().replaceAll(key, NEW));
  });

  it.each([
    ['gemini-cli/handwritten-before.json', ['$MYKEY', '$' + '{MYKEY:-\u2026}', '$' + '{MYKEY}']],
    ['opencode/handwritten-before.jsonc', ['{env:MYKEY}', '{file:~/key.txt}', '$' + '{MYKEY}']],
  ])('%s: references are told and stay', (file, expressions) => {
    const found = find(fixture(file));
    expect(found.references.map(({ expression }) => expression)).toEqual(expressions);
    expect(found.otherKeys).toEqual([]);
    expect(found.servers).toHaveLength(3);
  });

  it.each(['gemini-cli/handwritten-after-add.json', 'opencode/handwritten-after-add.jsonc'])(
    '%s: other keys are told',
    (file) => {
      expect(find(fixture(file)).otherKeys.length).toBeGreaterThan(0);
    },
  );
});
