import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../main/connect/connect.schema.ts';
import { entryForms } from '../../main/connect/entry-forms.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { placeAllSamples } from '../fixtures/hosts/place-all.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const bridge = { command: '/opt/Rekey/bin/rekey', args: ['mcp'] };
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox({ bridge });
});
afterEach(() => sandbox.dispose());

async function place(path: string, text: string): Promise<string> {
  const file = join(sandbox.home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const textOf = (file: string): Promise<string> => readFile(file, 'utf8');

async function change(host: string, connect: boolean): Promise<void> {
  const { hash } = await sandbox.call('planConnection', { host, connect });
  await sandbox.call('changeConnection', { host, connect, hash });
}

async function connectionOf(host: string): Promise<Connection | undefined> {
  return (await sandbox.call('listConnections', {})).find((one) => one.host === host);
}

const CLAUDE = '{\n  "mcpServers": {\n    "a": { "command": "a" }\n  },\n  "globalShortcut": "Ctrl+Space"\n}\n';

describe('connecting a host', () => {
  it.each([
    ['claude-desktop', '.config/Claude/claude_desktop_config.json', CLAUDE],
    [
      'cursor',
      '.cursor/mcp.json',
      '{\n\t// mine\n\t"mcpServers": {\n\t\t"a": { "url": "https://a.example" }, // one\n\t},\n}\n',
    ],
    ['vscode', '.config/Code/User/mcp.json', '{"servers":{"a":{"type":"stdio","command":"a"}},"inputs":[]}'],
    ['claude-code', '.claude.json', '{"numStartups":3}'],
    ['codex', '.codex/config.toml', '# mine\nmodel = "x"\n\n[mcp_servers.a]\ncommand = "a"\n'],
  ])('puts one entry into the file of %s, and disconnecting leaves it as it was', async (host, path, text) => {
    const file = await place(path, text);
    const planned = await sandbox.call('planConnection', { host, connect: true });
    expect(await textOf(file)).toBe(text);
    await change(host, true);
    const connected = await textOf(file);
    expect(connected).toContain('/opt/Rekey/bin/rekey');
    expect(connected.replace(planned.text, () => '')).toBe(text);
    expect(await connectionOf(host)).toEqual({ host, state: 'connected', file, why: null });
    await change(host, false);
    expect(await textOf(file)).toBe(text);
    expect(await connectionOf(host)).toEqual({ host, state: 'not-connected', file, why: null });
    expect((await sandbox.call('listActivity', {})).map(({ kind }) => kind)).toEqual([
      'host-disconnected',
      'host-connected',
    ]);
    const { backups } = await sandbox.call('listBackups', { file });
    expect(backups.map(({ reason }) => reason.kind)).toEqual(['connection', 'connection']);
  });

  it('makes the file where there is none, and removes it again when nothing else came into it', async () => {
    await change('cursor', true);
    const file = join(sandbox.home, '.cursor', 'mcp.json');
    expect(JSON.parse(await textOf(file))).toEqual({ mcpServers: { rekey: bridge } });
    await change('cursor', false);
    await expect(textOf(file)).rejects.toThrow('ENOENT');
  });

  it('keeps what others have put beside it', async () => {
    const file = await place('.config/Claude/claude_desktop_config.json', '{}');
    await change('claude-desktop', true);
    const { mcpServers } = JSON.parse(await textOf(file));
    // As a program writes its whole file.
    await writeFile(
      file,
      JSON.stringify({ theme: 'dark', mcpServers: { ...mcpServers, a: { command: 'a' } } }, null, 4),
    );
    await change('claude-desktop', false);
    expect(JSON.parse(await textOf(file))).toEqual({ theme: 'dark', mcpServers: { a: { command: 'a' } } });
  });

  it('leaves an entry alone that Rekey has not put in, and says so', async () => {
    const own = '{"mcpServers":{"rekey":{"command":"mine"}}}';
    const file = await place('.cursor/mcp.json', own);
    expect(await connectionOf('cursor')).toMatchObject({ state: 'by-hand', why: { code: 'connect-entry-changed' } });
    await expect(sandbox.call('planConnection', { host: 'cursor', connect: false })).rejects.toMatchObject({
      code: 'connect-entry-changed',
    });
    expect(await textOf(file)).toBe(own);
  });

  it('does nothing to a file that has changed since the person looked', async () => {
    const file = await place('.cursor/mcp.json', '{}');
    const { hash } = await sandbox.call('planConnection', { host: 'cursor', connect: true });
    await writeFile(file, '{ }');
    await expect(sandbox.call('changeConnection', { host: 'cursor', connect: true, hash })).rejects.toMatchObject({
      code: 'connect-file-changed',
    });
    expect(await textOf(file)).toBe('{ }');
  });

  it('says why it can’t be done in a broken file, and for a host whose entries it does not know', async () => {
    await place('.cursor/mcp.json', '{ "mcpServers": ');
    expect(await connectionOf('cursor')).toMatchObject({ state: 'by-hand', why: { code: 'file-not-parsable' } });
    const continued = await connectionOf('continue');
    expect(continued).toMatchObject({ state: 'by-hand', file: null, why: { code: 'connect-by-hand' } });
    expect(continued?.why?.wayOut).toContain('"/opt/Rekey/bin/rekey" "mcp"');
  });

  it.each(['script', 'agent'] as const)('is not for a carrier like %s', async (carrier) => {
    const input = { host: 'cursor', connect: true, hash: '' };
    await expect(sandbox.call('changeConnection', input, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
  });
});

describe.each(Object.entries(entryForms))('the entry of %s', (id, { scopes, tables, entry, needsFile }) => {
  const host = catalogue.find((one) => one.id === id);
  const files = host?.files.filter(({ scope }) => scopes.includes(scope)) ?? [];

  it('stands in a table that the catalogue knows, in each of its files', () => {
    expect(new Set(files.map(({ scope }) => scope))).toEqual(new Set(scopes));
    for (const file of files) for (const table of tables) expect(file.tables).toContainEqual(table);
    expect(JSON.stringify(entry(bridge))).toContain(bridge.command);
  });

  it('is put into a file that the host has, and leaves it as it was', async () => {
    await placeAllSamples(sandbox.home, 'linux', 'sample-key-0123456789');
    const connection = await connectionOf(id);
    expect(connection).toMatchObject({ host: id, state: 'not-connected', why: null });
    const before = connection?.file ? await textOf(connection.file).catch(() => null) : null;
    if (needsFile) expect(before).not.toBeNull();
    await change(id, true);
    expect(await connectionOf(id)).toMatchObject({ state: 'connected', file: connection?.file, why: null });
    await change(id, false);
    expect(connection?.file ? await textOf(connection.file).catch(() => null) : null).toBe(before);
  });
});

describe('a file that the host makes itself', () => {
  it('is not made for it', async () => {
    expect(await connectionOf('goose')).toMatchObject({
      state: 'by-hand',
      why: { code: 'connect-by-hand', message: expect.stringContaining('has not made') },
    });
  });
});

it('OpenCode finds the entry where its newer files have their servers', async () => {
  const text = '{\n  "mcp": {\n    "servers": {}\n  }\n}\n';
  const file = await place('.config/opencode/opencode.json', text);
  await change('opencode', true);
  const command = [bridge.command, ...bridge.args];
  expect(JSON.parse(await textOf(file))).toEqual({ mcp: { servers: { rekey: { type: 'local', command } } } });
});
