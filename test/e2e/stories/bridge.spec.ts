import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { App } from './app.ts';
import { expect, test } from './story.ts';

/** A process that isn't ours to wait for. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a host that starts rekey mcp gets an app where none ran, which stays when the host ends', async ({ home }) => {
  const app = new App(home);
  const transport = new StdioClientTransport({ ...app.bridge, stderr: 'pipe' });
  const client = new Client({ name: 'a host', version: '1' });
  await client.connect(transport);
  const { pid } = await app.json<{ pid: number }>(['status']);
  try {
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('rotate_api_key');
    const { structuredContent } = await client.callTool({ name: 'list_credentials', arguments: {} });
    expect(structuredContent).toMatchObject({ data: { ok: true } });
    const bridge = transport.pid ?? 0;
    await client.close();
    await expect.poll(() => runs(bridge)).toBe(false);
    expect(runs(pid)).toBe(true);
  } finally {
    process.kill(pid, 'SIGTERM');
  }
  await expect.poll(() => runs(pid)).toBe(false);
});
