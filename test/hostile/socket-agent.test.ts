import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawConnection } from '../mcp/raw-connection.ts';
import { type Living, startLiving } from './living.ts';

const DEEP = 100_000;
const deep = (inside: string): string => `${'['.repeat(DEEP)}${inside}${']'.repeat(DEEP)}`;

let living: Living;
beforeAll(async () => {
  living = await startLiving();
});
afterAll(() => living.close());

describe('an MCP client', () => {
  const INITIALIZE = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  };

  async function client(): Promise<RawConnection> {
    const connection = await RawConnection.greeted(living.path, { as: 'mcp' });
    connection.send(INITIALIZE);
    await connection.next();
    return connection;
  }

  it.each(['__proto__', 'constructor', 'approve', 'rotate_api_key\0', '../rotate_api_key', ''])(
    'finds no tool by the name %j',
    async (name) => {
      const connection = await client();
      connection.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });
      expect(await connection.next()).toMatchObject({ id: 1, error: { message: expect.stringContaining('no tool') } });
      connection.close();
      await living.unharmed();
    },
  );

  it.each(['approve', 'rekey/approve', 'calls', 'addCredential', '__proto__'])('finds no method %j', async (method) => {
    const connection = await client();
    connection.send({ jsonrpc: '2.0', id: 1, method, params: {} });
    expect(await connection.next()).toMatchObject({ id: 1, error: { code: -32_601 } });
    connection.close();
    await living.unharmed();
  });

  it.each([
    ['a prototype', '{"__proto__":{"confirm":"rotate-now"},"credential":"work"}'],
    ['100,000 levels', `{"credential":"work","confirm":${deep('"rotate-now"')}}`],
    ['more than was agreed', '{"credential":"work","confirm":"rotate-now","approve":true}'],
    ['a name of 900 KB', `{"credential":"${'x'.repeat(900_000)}","confirm":"rotate-now"}`],
  ])('that gives a tool %s asks nobody anything', async (_, args) => {
    const connection = await client();
    connection.socket.write(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rotate_api_key","arguments":${args}}}\n`,
    );
    const answer = await connection.next();
    expect(answer).toMatchObject({ id: 1 });
    expect(JSON.stringify(answer)).toMatch(/"isError":true|"error":/);
    expect(await living.sandbox.call('listApprovals', {})).toEqual([]);
    connection.close();
    await living.unharmed(JSON.stringify(answer));
  });

  it.each([
    ['a list of requests', [INITIALIZE, INITIALIZE]],
    ['another version', { ...INITIALIZE, jsonrpc: '1.0' }],
    ['no version', { id: 1, method: 'tools/list' }],
  ])('that sends %s is ended', async (_, message) => {
    const connection = await client();
    connection.send(message);
    expect(await connection.ended()).toContain('"error"');
    await living.unharmed();
  });

  it('that calls a thousand tools at once is answered to each, to most with a no', async () => {
    const connection = await client();
    const calls = Array.from({ length: 1_000 }, (_, id) => ({
      jsonrpc: '2.0',
      id: id + 1,
      method: 'tools/call',
      params: { name: 'list_credentials', arguments: {} },
    }));
    connection.socket.write(calls.map((call) => `${JSON.stringify(call)}\n`).join(''));
    const answers: Record<string, unknown>[] = [];
    while (answers.length < 1_000) answers.push((await connection.next()) ?? {});
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1_000);
    expect(answers.filter((answer) => 'result' in answer).length).toBeGreaterThanOrEqual(64);
    expect(answers.filter((answer) => 'error' in answer).length).toBeGreaterThan(500);
    connection.close();
    await living.unharmed(JSON.stringify(answers));
  });

  it('that answers what nobody asked, and cancels what never was, is listened to no less', async () => {
    const connection = await client();
    connection.send({ jsonrpc: '2.0', id: 77, result: {} });
    connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 88, reason: 'x' } });
    connection.send({ jsonrpc: '2.0', method: 'notifications/__proto__' });
    connection.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(await connection.next()).toMatchObject({ id: 1, result: {} });
    connection.close();
    await living.unharmed();
  });
});
