import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import type { Findings, Search } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { claudeCode } from '../../main/hosts/catalogue/claude-code.ts';
import { codex } from '../../main/hosts/catalogue/codex.ts';
import { geminiCli } from '../../main/hosts/catalogue/gemini-cli.ts';
import { opencode } from '../../main/hosts/catalogue/opencode.ts';
import { decoded, withKey } from '../hosts-themselves/decoded.ts';
import { rekeyed } from './parts.ts';
import { AWKWARD, NEW, searchFor } from './samples.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/configs');

/** A file as a host's own command line wrote it, or as people write it, described as the catalogue has the host's first. */
function fixture(path: string) {
  const host = [claudeCode, codex, geminiCli, opencode].find(({ id }) => path.startsWith(`${id}/`));
  const described = host?.files[0];
  if (!described) throw new Error(`no host of the catalogue for ${path}`);
  const { format, tables } = described;
  const text = readFileSync(join(FIXTURES, path), 'utf8');
  const read = (one: string): unknown => decoded(format === 'toml' ? parseToml(one) : parseJsonc(one));
  const search = (key: string, more: Partial<Search> = {}): Search => searchFor(key, { tables, ...more });
  const find = (wanted: Search): Findings => findSites(Buffer.from(text), format, wanted);
  return { text, format, read, search, find };
}

const keys: [file: string, key: string, places: string[]][] = [
  ['claude-code/dot-claude.json', 'sk-NEW-user-0001', ['acme-user env']],
  ['claude-code/dot-claude.json', 'sk-NEW-http-0001', ['acme-http url', 'acme-http header']],
  ['claude-code/dot-claude.json', 'sk-NEW-json-0001', ['acme-json argument']],
  ['claude-code/dot-claude.json', 'sk-NEW-local-0001', ['acme-local argument', 'acme-local env']],
  ['claude-code/dot-mcp.json', 'sk-NEW-proj-0001', ['acme-proj env']],
  ['codex/config.toml', 'sk-OLD-0001', ['acme argument', 'acme env']],
  ['codex/config.toml', 'sk-OLD-http-0001', ['acme-http url']],
  ['codex/config-handwritten-before.toml', 'sk-OLD-json', ['a argument']],
  ['codex/config-handwritten-before.toml', 'sk-OLD-inline', ['a env']],
  ['codex/config-handwritten-before.toml', 'sk-OLD-hdr', ['dotted.name header']],
  ['codex/config-handwritten-before.toml', 'sk-OLD-multi', ['dotted.name header']],
  ['codex/config-handwritten-after-add.toml', 'sk-OLD-json', ['a argument']],
  ['codex/config-handwritten-after-add.toml', 'sk-OLD-inline', ['a env']],
  ['codex/config-handwritten-after-add.toml', 'sk-OLD-hdr', ['dotted.name header']],
  ['codex/config-handwritten-after-add.toml', 'sk-OLD-multi', ['dotted.name header']],
  ['codex/config-handwritten-after-add.toml', 'sk-OLD-b', ['b env']],
  ['gemini-cli/user-settings.json', 'sk-OLD-0001', ['acme argument', 'acme env']],
  ['gemini-cli/user-settings.json', 'sk-OLD-0003', ['acmeh url', 'acmeh header']],
  ['gemini-cli/project-settings.json', 'sk-OLD-0002', ['acmep env']],
  ['gemini-cli/handwritten-after-add.json', 'dflt', ['b env']],
  ['opencode/opencode.jsonc', 'sk-OLD-0001', ['acme argument', 'acme env']],
  ['opencode/opencode.jsonc', 'sk-OLD-0003', ['acmeh url', 'acmeh header']],
];

const references: [file: string, name: string, expressions: string[]][] = [
  ['claude-code/dot-mcp.json', 'ACME_API_KEY', ['$' + '{ACME_API_KEY:-\u2026}']],
  ['codex/config.toml', 'ACME_API_KEY', ['ACME_API_KEY']],
  ['codex/config-handwritten-before.toml', 'ACME_ENV', ['ACME_ENV']],
  ['codex/config-handwritten-after-add.toml', 'ACME_ENV', ['ACME_ENV']],
  ['gemini-cli/handwritten-before.json', 'ACME_API_KEY', ['$MYKEY', '$' + '{MYKEY:-\u2026}', '$' + '{MYKEY}']],
  ['gemini-cli/handwritten-after-add.json', 'ACME_API_KEY', ['$MYKEY', '$' + '{MYKEY}']],
  ['opencode/handwritten-before.jsonc', 'ACME_API_KEY', ['{env:MYKEY}', '{file:~/key.txt}', '$' + '{MYKEY}']],
  ['opencode/handwritten-after-add.jsonc', 'ACME_API_KEY', ['{env:MYKEY}', '{file:~/key.txt}', '$' + '{MYKEY}']],
];

/** In the default of a reference there is no way to write these. */
const REFUSING = ['claude-code/dot-mcp.json'];

describe('files that hosts wrote', () => {
  it('are all looked at here', () => {
    const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(FIXTURES.length + 1)
          .split(sep)
          .join('/'),
      );
    expect(new Set([...keys, ...references].map(([file]) => file))).toEqual(new Set(files));
  });

  it.each(keys)('%s: every place of %s is found, and only the key changes', (file, key, places) => {
    const { text, format, search, find, read } = fixture(file);
    const { sites, outside } = find(search(key));
    expect(sites.map(({ server, place }) => `${server} ${place}`)).toEqual(places);
    expect(outside).toEqual([]);
    const changed = rekeyed(text, NEW, format, search(key));
    expect(changed).toBe(text.replaceAll(key, NEW));
    expect(read(changed)).toEqual(withKey(read(text), key, NEW));
  });

  it.each(keys)('%s: a key with marks of every kind is read in the place of %s as it is', (file, key) => {
    const { text, format, search, read } = fixture(file);
    const change = (): string => rekeyed(text, AWKWARD, format, search(key));
    if (REFUSING.includes(file)) expect(change).toThrow(ConfigError);
    else expect(read(change())).toEqual(withKey(read(text), key, AWKWARD));
  });

  it.each(references)('%s: references to %s are told and stay', (file, name, expressions) => {
    const { search, find } = fixture(file);
    const found = find(search('sk-in-none-of-them', { envNames: [name] }));
    expect(found.references.map(({ expression }) => expression)).toEqual(expressions);
    expect(found.sites).toEqual([]);
  });

  it.each([
    ['gemini-cli/handwritten-before.json', []],
    ['opencode/handwritten-before.jsonc', []],
    ['gemini-cli/handwritten-after-add.json', ['b ACME_API_KEY', 'c ACME_API_KEY']],
    ['opencode/handwritten-after-add.jsonc', ['d ACME_API_KEY']],
    ['codex/config-handwritten-after-add.toml', ['a ACME_API_KEY', 'b ACME_API_KEY']],
  ])('%s: other keys in the variable are told', (file, others) => {
    const { search, find } = fixture(file);
    const { otherKeys } = find(search('sk-in-none-of-them'));
    expect(otherKeys.map(({ server, name }) => `${server} ${name}`)).toEqual(others);
  });
});
