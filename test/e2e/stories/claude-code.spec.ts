import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { HostView } from '../../../main/hosts/host.schema.ts';
import type { Rotation } from '../../../main/rotation/rotation.schema.ts';
import { AWKWARD_KEY, OTHER_AWKWARD_KEY, spellingsOf } from '../../hosts-themselves/awkward-keys.ts';
import { ClaudeCode } from '../../hosts-themselves/claude-code.ts';
import type { RecordingEndpoint } from '../../hosts-themselves/recording-endpoint.ts';
import type { RecordingServer } from '../../hosts-themselves/recording-server.ts';
import { filesBelow } from '../../sandbox/sandbox.ts';
import type { App } from './app.ts';
import { confirmRotation, expect, test } from './story.ts';

const SCOPES = ['user', 'local', 'project'] as const;
type Scope = (typeof SCOPES)[number];

/** Where a key stands, however it is written, outside Rekey's own folder and the keyring. */
async function filesWith(home: string, key: string): Promise<string[]> {
  const own = [join(home, 'rekey'), join(home, '.local'), join(home, '.cache')];
  const files = await filesBelow(home);
  return files
    .filter(({ bytes }) => spellingsOf(key).some((spelling) => bytes.includes(spelling)))
    .map(({ path }) => path)
    .filter((path) => !own.some((folder) => path.startsWith(folder)));
}

/** Has Claude Code write a key in all forms that its command line takes, as two servers of one scope. */
async function addServers(
  { claude, server, endpoint }: { claude: ClaudeCode; server: RecordingServer; endpoint: RecordingEndpoint },
  scope: Scope,
  key: string,
): Promise<void> {
  const args = ['--api-key', key, `--api-key=${key}`, '--config', JSON.stringify({ apiKey: key })];
  const variable = ['-e', `BITSCALE_API_KEY=${key}`];
  await claude.run('mcp', 'add', scope, '-s', scope, ...variable, '--', ...server.command(scope, ...args));
  const url = endpoint.url(`${scope}-http`, { api_key: key, rows: '20' });
  const headers = ['--header', `Authorization: Bearer ${key}`, '--header', `X-API-KEY: ${key}`];
  await claude.run('mcp', 'add', `${scope}-http`, '-s', scope, '--transport', 'http', url, ...headers);
}

/** That Claude Code tells of this key, and hands it to the servers of a scope in all forms, and of no other. */
async function expectKey(
  { claude, server, endpoint }: { claude: ClaudeCode; server: RecordingServer; endpoint: RecordingEndpoint },
  scope: Scope,
  key: string,
  old: string,
): Promise<void> {
  const [stdio, http] = await Promise.all([claude.run('mcp', 'get', scope), claude.run('mcp', 'get', `${scope}-http`)]);
  const args = ['--api-key', key, `--api-key=${key}`, '--config', JSON.stringify({ apiKey: key })];
  expect(stdio).toContain(args.join(' '));
  expect(stdio).toContain(`BITSCALE_API_KEY=${key}\n`);
  expect(http).toContain(`api_key=${encodeURIComponent(key).replace(/['()*!]/g, percent)}&rows=20\n`);
  expect(http).toContain(`Authorization: Bearer ${key}\n`);
  for (const spelling of spellingsOf(old)) expect(stdio + http).not.toContain(spelling);

  const given = await server.given(scope);
  expect(given.args).toEqual(args);
  expect(given.env).toMatchObject({ BITSCALE_API_KEY: key });
  const received = endpoint.received(`${scope}-http`);
  expect(received.length).toBeGreaterThan(0);
  for (const { query, headers } of received) {
    expect([...query]).toEqual([
      ['api_key', key],
      ['rows', '20'],
    ]);
    expect(headers).toMatchObject({ authorization: `Bearer ${key}`, 'x-api-key': key });
  }
}

function percent(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** One rotation on the command line, with nothing of a key in what it prints. */
async function rotate(app: App, ...keys: readonly string[]): Promise<Rotation> {
  const said = await app.run(['rotate', 'work', '--confirm', 'rotate-now', '--json']);
  expect(said, said.stderr).toMatchObject({ code: 0 });
  for (const spelling of keys.flatMap(spellingsOf)) expect(said.stdout + said.stderr).not.toContain(spelling);
  return JSON.parse(said.stdout);
}

test('a key that Claude Code has written in every scope and form is rotated twice, and each time it hands on the new one', async ({
  home,
  service,
  app,
  claude,
  server,
  endpoint,
}) => {
  test.setTimeout(120_000);
  const old = service.key;
  for (const scope of SCOPES) await addServers({ claude, server, endpoint }, scope, old);
  await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`);

  service.makeNext(AWKWARD_KEY, OTHER_AWKWARD_KEY);
  const first = await rotate(app, old, AWKWARD_KEY);
  expect(first.sites.map(({ state }) => state)).toEqual(Array(21).fill('patched'));
  // What Claude Code copied aside is listed, and the old key stands nowhere else.
  const left = await filesWith(home, old);
  expect(left.every((path) => path.startsWith(claude.backups))).toBe(true);
  const copies = first.findings.filter(({ kind }) => kind === 'copy').map(({ file }) => file);
  expect(copies.sort()).toEqual(left.sort());
  for (const scope of SCOPES) await expectKey({ claude, server, endpoint }, scope, AWKWARD_KEY, old);
  const claudeCode = (await app.json<HostView[]>(['hosts'])).find(({ id }) => id === 'claude-code');
  expect(claudeCode?.sites).toHaveLength(21);

  // Now the awkward one is the old one, to be found in all its spellings.
  const second = await rotate(app, AWKWARD_KEY, OTHER_AWKWARD_KEY);
  expect(second.sites.map(({ state }) => state)).toEqual(Array(21).fill('patched'));
  expect((await filesWith(home, AWKWARD_KEY)).filter((path) => !path.startsWith(claude.backups))).toEqual([]);
  for (const scope of SCOPES) await expectKey({ claude, server, endpoint }, scope, OTHER_AWKWARD_KEY, AWKWARD_KEY);
  expect(service.rotations).toBe(2);
});

test.describe('where CLAUDE_CONFIG_DIR moves the config', () => {
  test.use({ claudeFolder: 'elsewhere' });

  test('both its file and the one in the home folder are rotated, and Claude Code hands on the new key from each', async ({
    home,
    service,
    app,
    claude,
    server,
    endpoint,
  }) => {
    test.setTimeout(60_000);
    const old = service.key;
    const unmoved = await ClaudeCode.at(home);
    await addServers({ claude, server, endpoint }, 'local', old);
    await addServers({ claude: unmoved, server, endpoint }, 'user', old);
    await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`);

    service.makeNext(AWKWARD_KEY);
    const rotation = await rotate(app, old, AWKWARD_KEY);
    expect(new Set(rotation.sites.map(({ site, state }) => `${site.file} ${state}`))).toEqual(
      new Set([`${join(home, 'elsewhere', '.claude.json')} patched`, `${join(home, '.claude.json')} patched`]),
    );
    await expectKey({ claude, server, endpoint }, 'local', AWKWARD_KEY, old);
    await expectKey({ claude: unmoved, server, endpoint }, 'user', AWKWARD_KEY, old);
  });
});

test('an agent asks over MCP, the person confirms in the page, and Claude Code reads the new key', async ({
  page,
  service,
  app,
  claude,
  server,
}) => {
  const old = service.key;
  const variable = ['-e', `BITSCALE_API_KEY=${old}`];
  await claude.run('mcp', 'add', 'acme', '-s', 'user', ...variable, '--', ...server.command('acme'));
  await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`);

  const client = new Client({ name: 'claude-code', version: '2.1' });
  await client.connect(new StdioClientTransport({ ...app.bridge, stderr: 'ignore' }));
  const asked = client.callTool({ name: 'rotate_api_key', arguments: { credential: 'work', confirm: 'rotate-now' } });

  // The app opens the confirmation in the person's browser.
  await expect.poll(() => app.opened()).not.toBeNull();
  await page.goto((await app.opened()) ?? '');
  await expect(page.getByRole('heading', { name: 'claude-code asks for a new key' })).toBeVisible();
  expect(service.rotationRequests).toBe(0);
  await confirmRotation(page, 'work');

  const { structuredContent, isError } = await asked;
  expect(isError ?? false).toBe(false);
  expect(JSON.stringify(structuredContent)).not.toContain(service.key);
  expect(structuredContent).toMatchObject({ data: { ok: true, outcome: 'done' } });
  expect(await claude.run('mcp', 'get', 'acme')).toContain(`BITSCALE_API_KEY=${service.key}`);
  await client.close();
});
