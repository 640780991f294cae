import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { HostView } from '../../../main/hosts/host.schema.ts';
import type { Rotation } from '../../../main/rotation/rotation.schema.ts';
import { filesBelow } from '../../sandbox/sandbox.ts';
import { expect, test } from './story.ts';

/** Where a key stands outside Rekey's own folder and the keyring. */
async function filesWith(home: string, key: string): Promise<string[]> {
  const own = [join(home, 'rekey'), join(home, '.local'), join(home, '.cache')];
  const files = await filesBelow(home);
  return files
    .filter(({ path, bytes }) => bytes.includes(key) && !own.some((folder) => path.startsWith(folder)))
    .map(({ path }) => path);
}

test('a key that Claude Code has written is rotated from the command line, and Claude Code reads the new one', async ({
  home,
  service,
  app,
  claude,
}) => {
  const old = service.key;
  await claude.run('mcp', 'add', 'acme', '-s', 'user', '-e', `BITSCALE_API_KEY=${old}`, '--', 'node', claude.server);
  await claude.run('mcp', 'add', 'acme-local', '-s', 'local', '--', 'node', claude.server, '--api-key', old);
  await claude.run(
    'mcp',
    'add',
    'acme-project',
    '-s',
    'project',
    '-e',
    `BITSCALE_API_KEY=${old}`,
    '--',
    'node',
    claude.server,
  );
  const url = `http://127.0.0.1:9/mcp?api_key=${old}`;
  await claude.run(
    'mcp',
    'add',
    'acme-http',
    '-s',
    'user',
    '--transport',
    'http',
    url,
    '--header',
    `Authorization: Bearer ${old}`,
  );

  expect(await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`)).toMatchObject(
    { code: 0 },
  );
  const said = await app.run(['rotate', 'work', '--confirm', 'rotate-now', '--json']);
  expect(said, said.stderr).toMatchObject({ code: 0 });
  for (const key of [old, service.key]) expect(said.stdout + said.stderr).not.toContain(key);
  const rotation: Rotation = JSON.parse(said.stdout);

  expect(service.rotations).toBe(1);
  expect(service.key).not.toBe(old);
  expect(await claude.run('mcp', 'get', 'acme')).toContain(`BITSCALE_API_KEY=${service.key}`);
  expect(await claude.run('mcp', 'get', 'acme-local')).toContain(`--api-key ${service.key}`);
  expect(await readFile(join(claude.project, '.mcp.json'), 'utf8')).toContain(service.key);
  const http = await claude.run('mcp', 'get', 'acme-http');
  expect(http).toContain(`api_key=${service.key}`);
  expect(http).toContain(`Bearer ${service.key}`);

  // The old key is in no config any more, and what Claude Code copied aside is listed.
  const left = await filesWith(home, old);
  expect(left.every((path) => path.startsWith(join(home, '.claude', 'backups')))).toBe(true);
  expect(
    rotation.findings
      .filter(({ kind }) => kind === 'copy')
      .map(({ file }) => file)
      .sort(),
  ).toEqual(left.sort());
  const claudeCode = (await app.json<HostView[]>(['hosts'])).find(({ id }) => id === 'claude-code');
  expect(claudeCode?.sites.length).toBeGreaterThanOrEqual(5);
});

test('an agent asks over MCP, the person confirms in the page, and Claude Code reads the new key', async ({
  page,
  service,
  app,
  claude,
}) => {
  const old = service.key;
  await claude.run('mcp', 'add', 'acme', '-s', 'user', '-e', `BITSCALE_API_KEY=${old}`, '--', 'node', claude.server);
  await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`);

  const client = new Client({ name: 'claude-code', version: '2.1' });
  await client.connect(new StdioClientTransport({ ...app.bridge, stderr: 'ignore' }));
  const asked = client.callTool({ name: 'rotate_api_key', arguments: { credential: 'work', confirm: 'rotate-now' } });

  // The app opens the confirmation in the person's browser.
  await expect.poll(() => app.opened()).not.toBeNull();
  await page.goto((await app.opened()) ?? '');
  await expect(page.getByRole('heading', { name: 'claude-code asks for a new key' })).toBeVisible();
  expect(service.rotationRequests).toBe(0);
  await page.getByRole('button', { name: 'Rotate “work”' }).click();

  const { structuredContent, isError } = await asked;
  expect(isError ?? false).toBe(false);
  expect(JSON.stringify(structuredContent)).not.toContain(service.key);
  expect(structuredContent).toMatchObject({ data: { ok: true, outcome: 'done' } });
  expect(await claude.run('mcp', 'get', 'acme')).toContain(`BITSCALE_API_KEY=${service.key}`);
  await client.close();
});
