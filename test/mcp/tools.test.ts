import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { Agent } from './agent.ts';
import { type App, startApp } from './app.ts';
import type { Script } from './scripted-core.ts';

let bridge: BuiltBridge;
let app: App;
let agent: Agent;

beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());

async function start(script: Script = {}): Promise<void> {
  app = await startApp(script);
  agent = await Agent.connect(bridge, app.home);
  await agent.client.listTools();
}
afterEach(async () => {
  await agent.close();
  await app.close();
});

describe('the tools', () => {
  it('are these, each with a title, a description, annotations and both schemas', async () => {
    await start();
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'get_rotation',
      'list_credentials',
      'list_hosts',
      'plan_rotation',
      'rotate_api_key',
      'verify_credential',
    ]);
    for (const tool of tools) {
      expect(tool.title, tool.name).toBeTruthy();
      expect(tool.description?.length, tool.name).toBeGreaterThan(80);
      expect(tool.inputSchema, tool.name).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.outputSchema?.required, tool.name).toEqual([
        'schema_version',
        'schema_epoch',
        'tool',
        'generated_at',
        'view',
        'summary',
        'data',
        'actions',
        'truncated',
        'warnings',
      ]);
    }
    const destructive = tools.filter(({ annotations }) => annotations?.destructiveHint !== false);
    expect(destructive.map(({ name }) => name)).toEqual(['rotate_api_key']);
    expect(destructive[0]?.annotations).toMatchObject({
      readOnlyHint: false,
      idempotentHint: false,
      openWorldHint: true,
    });
  });

  it('tell the agent that a person confirms, and when not to rotate', async () => {
    await start();
    const { tools } = await agent.client.listTools();
    const { description } = tools.find(({ name }) => name === 'rotate_api_key') ?? {};
    expect(description).toContain('a person also confirms in Rekey');
    expect(description).toContain('only when the person has asked');
    expect(agent.client.getInstructions()).toContain('Never ask for a key');
  });

  it('answer in the envelope, as structured content and as the same text', async () => {
    await start();
    const answered = await agent.call('list_credentials');
    expect(answered.envelope).toMatchObject({
      schema_version: '1.0',
      schema_epoch: '2026-05-25',
      tool: 'list_credentials',
      view: 'summary',
      summary: { headline: 'Rekey looks after 1 key.' },
      actions: [],
      truncated: false,
      warnings: [],
    });
    const [block] = answered.content;
    expect(block?.type === 'text' && JSON.parse(block.text)).toEqual(answered.envelope);
    expect(answered.isError).toBeUndefined();
  });

  it('call the core as this agent, with the program that started the bridge', async () => {
    await start();
    await agent.call('list_credentials');
    expect(app.core.callsOf('listCredentials')[0]?.caller).toMatchObject({
      carrier: 'agent',
      pid: process.pid,
      client: { name: 'test-agent', version: '1.2.3' },
    });
  });

  it('show what the agent says of itself only as far as it can be printed', async () => {
    await start();
    const other = await Agent.connect(bridge, app.home, `evil\u001b[2J\u202e\n${'x'.repeat(500)}`);
    await other.call('list_hosts');
    const name = app.core.callsOf('listHosts')[0]?.caller.client?.name;
    expect(name).toMatch(/^evil\[2Jx+$/);
    expect(name).toHaveLength(60);
    await other.close();
  });

  it('refuse arguments that nobody agreed on, in the envelope, without calling the core', async () => {
    await start();
    for (const name of ['list_credentials', 'list_hosts', 'plan_rotation', 'verify_credential', 'get_rotation']) {
      const { isError, envelope } = await agent.call(name, { surplus: 1 });
      expect(isError, name).toBe(true);
      expect(envelope.data, name).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
    }
    expect(app.core.calls).toEqual([]);
  });

  it('of an unknown name are a protocol error', async () => {
    await start();
    await expect(agent.call('delete_everything')).rejects.toMatchObject({ code: -32_602 });
  });
});

describe('list_credentials', () => {
  it('gives names, states and fingerprints, and cuts a list that is too long', async () => {
    await start({ names: Array.from({ length: 230 }, (_, index) => `key ${index}`) });
    const { envelope } = await agent.call('list_credentials');
    expect(envelope.truncated).toBe(true);
    expect(envelope.summary.headline).toBe('Rekey looks after 230 keys.');
    expect(envelope.data.credentials).toHaveLength(200);
    expect(envelope.data).toHaveProperty('credentials.0', expect.objectContaining({ name: 'key 0', state: 'ok' }));
  });
});

describe('list_hosts', () => {
  it('gives the hosts that are there, and where keys stand in them', async () => {
    await start();
    const { envelope } = await agent.call('list_hosts');
    expect(envelope.summary.headline).toBe('1 host on this machine; keys of Rekey stand in 1 place.');
    expect(envelope.data).toMatchObject({ hosts: [{ name: 'Claude', keys: [{ credential: 'work', line: 7 }] }] });
    expect(envelope.data.hosts).toHaveLength(1);
  });
});

describe('plan_rotation', () => {
  it('shows what would be done, masked, and does nothing', async () => {
    await start();
    const { envelope } = await agent.call('plan_rotation', { credential: 'work' });
    expect(envelope.summary.headline).toBe('A rotation of “work” would change 1 place. Nothing has been done.');
    expect(envelope.data).toMatchObject({
      ok: true,
      provider: 'BitScale',
      consequences: ['The old key stops working at once.', 'The service blocks withdrawals for 24 hours.'],
      sites: [{ host: 'Claude', server: 'bitscale', line: 7, before: expect.stringContaining('••••') }],
    });
    expect(app.core.calls.map(({ name }) => name)).toEqual(['planRotation']);
  });

  it('tells how the new key comes, and what choice the person has for the old one', async () => {
    await start({ grace: { choices: [0, 60], default: 0 } });
    const { envelope } = await agent.call('plan_rotation', { credential: 'work' });
    expect(envelope.data).toMatchObject({
      way: 'request',
      old_key_choice: 'When everything is in place, the old key works on for: not at all (by default), 1 hour.',
    });
  });

  it('passes the agent id on, and takes the only key when none is named', async () => {
    await start();
    const { envelope } = await agent.call('plan_rotation', { agent_id: 'a-1' });
    expect(app.core.callsOf('planRotation')[0]?.input).toEqual({ credential: 'work', agentId: 'a-1' });
    expect(envelope.actions[0]).toMatchObject({
      tool: 'rotate_api_key',
      args: { credential: 'work', agent_id: 'a-1', confirm: 'rotate-now' },
    });
  });
});

describe('verify_credential', () => {
  it('says how the service answered; a refused key is an answer, not an error', async () => {
    await start({ names: ['work', 'dead'] });
    const accepted = await agent.call('verify_credential', { credential: 'work' });
    expect(accepted.envelope.data).toMatchObject({ ok: true, state: 'accepted', account: 'me@example.com' });
    const refused = await agent.call('verify_credential', { credential: 'dead' });
    expect(refused.isError).toBeUndefined();
    expect(refused.envelope.summary.headline).toBe('The service refuses the key “dead”.');
  });

  it('names the keys when there are several and none was named', async () => {
    await start({ names: ['work', 'home'] });
    const { isError, envelope } = await agent.call('verify_credential');
    expect(isError).toBe(true);
    expect(envelope.data).toMatchObject({
      ok: false,
      error: { code: 'credential-not-named', way_out: 'Name one of them as `credential`: “work”, “home”.' },
    });
  });

  it('says so when there is no key at all, and when there is none of that name', async () => {
    await start({ names: [] });
    expect((await agent.call('verify_credential')).envelope.data).toMatchObject({ error: { code: 'credential-none' } });
    const unknown = await agent.call('verify_credential', { credential: 'none' });
    expect(unknown.isError).toBe(true);
    expect(unknown.envelope.data).toMatchObject({ error: { code: 'credential-unknown' } });
  });
});

describe('get_rotation', () => {
  it('gives the latest rotation, or the one that is named', async () => {
    await start();
    expect((await agent.call('get_rotation')).envelope.data).toMatchObject({ error: { code: 'rotation-unknown' } });
    const rotating = agent.call('rotate_api_key', { confirm: 'rotate-now' });
    await app.core.approveAsPerson();
    const { rotation_id } = (await rotating).envelope.data;
    for (const args of [{}, { rotation_id }]) {
      const { envelope, isError } = await agent.call('get_rotation', args);
      expect(isError).toBeUndefined();
      expect(envelope.data).toMatchObject({ ok: true, rotation_id, outcome: 'done', step: 'ended' });
    }
  });
});
