import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { afterEach, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { answer, newKey } from './hostile-bitscale.ts';
import { type HostileStory, hostileStory } from './story.ts';

/** Files of other notations in which the key stands too, and how their hosts read it out of them. */
const NOTATIONS: Readonly<Record<string, { write(key: string): string; read(text: string): unknown }>> = {
  '.codex/config.toml': {
    write: (key) => `[mcp_servers.bad]\ncommand = "uvx"\nenv = { BITSCALE_API_KEY = "${key}" }\n`,
    read: (text) => at(parseToml(text), 'mcp_servers', 'bad', 'env', 'BITSCALE_API_KEY'),
  },
  '.continue/config.yaml': {
    write: (key) => `mcpServers:\n  - name: bad\n    command: uvx\n    env:\n      BITSCALE_API_KEY: ${key}\n`,
    read: (text) => at(parseYaml(text), 'mcpServers', 0, 'env', 'BITSCALE_API_KEY'),
  },
  '.cursor/mcp.json': {
    write: (key) => JSON.stringify({ mcpServers: { bad: { command: 'uvx', env: { BITSCALE_API_KEY: key } } } }),
    read: (text) => at(JSON.parse(text), 'mcpServers', 'bad', 'env', 'BITSCALE_API_KEY'),
  },
};

function at(document: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => Reflect.get(Object(value), name), document);
}

const made = newKey();

/** Keys that can be sent in a header: they stand in every file exactly as they are. */
const EXACT: readonly (readonly [name: string, key: string])[] = [
  ['quotes', `${made}"'"'"`],
  ['backslashes', `${made}\\n\\u0041\\`],
  ['a comment’s sign', `${made}#//<!--/*`],
  ['brackets and a colon', `${made}]}:{[,`],
  ['the sign of a reference, and no reference', `${made}$$%&`],
  ['the names of objects', '__proto__-constructor-0123456789'],
  ['1,500 characters', `sk-live-${'0123456789abcdef'.repeat(93)}`],
];

/** What can't be a key, however the service calls it. */
const REFUSED: readonly (readonly [name: string, value: unknown])[] = [
  ['a line break', `${made}\n`],
  ['a line break and a header', `${made}\r\nX-Injected: 1`],
  ['a NUL', `${made}\0`],
  ['a NUL in the middle', `sk-live-\0${made}`],
  ['a space', `${made} ${made}`],
  ['a letter that is not ASCII', `${made}é`],
  ['a sign that turns the text around', `\u202e${made}`],
  ['half a character', `${made}\ud800`],
  ['a control character', `${made}\u001b[2J`],
  ['3,000 characters', `sk-odd-${'0123456789abcdef'.repeat(200)}`],
  ['nothing', ''],
  ['a number', 12_345_678_901_234],
  ['true', true],
  ['null', null],
];

let story: HostileStory;
afterEach(() => story.close());

async function withKey(value: unknown): Promise<HostileStory> {
  story = await hostileStory((socket) => answer(socket, JSON.stringify({ api_key: value })), String(value));
  for (const [name, { write }] of Object.entries(NOTATIONS)) {
    const path = join(story.sandbox.home, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, write(story.old));
  }
  return story;
}

const files = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(NOTATIONS).map(
        async (name) => [name, await readFile(join(story.sandbox.home, name), 'utf8')] as const,
      ),
    ),
  );

describe('a new key with', () => {
  it.each(EXACT)('%s stands in every file exactly as the service made it', async (_, key) => {
    const { sandbox, rotate, livesOn, bad } = await withKey(key);
    expect(await rotate()).toMatchObject({ outcome: 'done' });
    for (const [name, text] of Object.entries(await files()))
      expect([name, NOTATIONS[name]?.read(text)]).toEqual([name, key]);
    const [credential] = (await sandbox.call('listCredentials', {})).filter(({ name }) => name === 'bad');
    expect((await sandbox.keychain.get(`credential:${credential?.id}:current`))?.reveal()).toBe(key);
    expect(await sandbox.call('verifyCredential', { credential: 'bad' })).toMatchObject({ state: 'accepted' });
    expect(bad.rotationRequests).toBe(1);
    await livesOn();
  });

  it.each(REFUSED)('%s is put nowhere, and the person is told what to do', async (_, value) => {
    const { rotate, livesOn, bad } = await withKey(value);
    const before = await files();
    expect(await rotate()).toMatchObject({ outcome: 'lost', problem: { wayOut: expect.stringContaining('https://') } });
    expect(await files()).toEqual(before);
    expect(bad.rotationRequests).toBe(1);
    await livesOn();
  });
});
