import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { Agent } from './agent.ts';
import { type App, startApp } from './app.ts';
import { NEW_FINGERPRINT, NEW_KEY, type Script } from './scripted-core.ts';

let bridge: BuiltBridge;
let app: App;
let agent: Agent;

beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());

async function start(script: Script = {}): Promise<void> {
  app = await startApp(script, { progressEveryMs: 30 });
  agent = await Agent.connect(bridge, app.home);
  await agent.client.listTools();
}
afterEach(async () => {
  await agent.close();
  await app.close();
});

const confirm = 'rotate-now';

describe('rotate_api_key', () => {
  it.each([undefined, '', 'yes', 'rotate', 'ROTATE-NOW', 'rotate-now ', true, ['rotate-now']])(
    'refuses confirm: %j, and nobody is asked',
    async (wrong) => {
      await start();
      const { isError, envelope } = await agent.call('rotate_api_key', { credential: 'work', confirm: wrong });
      expect(isError).toBe(true);
      expect(envelope.data).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
      expect(envelope.summary.headline).toContain('confirm: must be exactly "rotate-now"');
      expect(envelope.summary.headline).toContain('Nothing was changed');
      expect(app.core.calls).toEqual([]);
    },
  );

  it('waits for the person, then says what was done and what is left', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { credential: 'work', confirm });
    const waiting = await app.core.waiting();
    expect(waiting.requester).toMatchObject({ via: 'agent', client: { name: 'test-agent', version: '1.2.3' } });
    await app.core.approveAsPerson();
    const { isError, envelope } = await rotating;
    expect(isError).toBeUndefined();
    expect(envelope.summary.headline).toBe('“work” has a new key.');
    expect(envelope.data).toMatchObject({
      ok: true,
      outcome: 'done',
      credential: 'work',
      provider: 'BitScale',
      new_key_fingerprint: NEW_FINGERPRINT,
      old_key: 'dead',
      sites: [{ host: 'Claude', server: 'bitscale', state: 'patched' }],
      restarts: ['Start Claude again.'],
    });
    expect(envelope.warnings).toEqual(['The new key is used only after a restart: Start Claude again.']);
    expect(app.core.listeners).toBe(0);
  });

  it('takes the only key when none is named, and asks for a name when there are several', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson();
    expect((await rotating).envelope.data.credential).toBe('work');
    await agent.close();
    await app.close();

    await start({ names: ['work', 'home'] });
    const { isError, envelope } = await agent.call('rotate_api_key', { confirm });
    expect(isError).toBe(true);
    expect(envelope.data).toMatchObject({ error: { code: 'credential-not-named' } });
    expect(app.core.callsOf('requestRotation')).toEqual([]);
  });

  it('shows signs of life while it waits, and each step afterwards, with growing numbers', async () => {
    await start({ stepMs: 20 });
    const seen: { progress: number; message: string | undefined }[] = [];
    const onprogress = ({ progress, message }: { progress: number; message?: string | undefined }): void => {
      seen.push({ progress, message });
    };
    const rotating = agent.call('rotate_api_key', { confirm }, { onprogress });
    await expect.poll(() => seen.length).toBeGreaterThan(2);
    await app.core.approveAsPerson();
    await rotating;
    const messages = seen.map(({ message }) => message);
    expect(messages[0]).toBe('Waiting for a person to confirm in Rekey');
    expect(messages.filter((message) => !message?.startsWith('Waiting'))).toEqual([
      'Confirmed',
      'Checked that everything can be written and that the service answers',
      'Asked the service for a new key',
      'Got the answer of the service',
      'Put the new key into the keychain',
      'Asked the service about the new key',
      'Made the new key the current one',
      'Went through the files',
    ]);
    expect(seen.map(({ progress }) => progress)).toEqual(seen.map((_, index) => index + 1));
  });

  it('sends no progress to a client that did not ask for it', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.waiting();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await app.core.approveAsPerson();
    await rotating;
    expect(agent.received.filter((message) => message.includes('notifications/progress'))).toEqual([]);
  });

  it('says that nothing was changed when the person denies it', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm });
    const { id } = await app.core.waiting();
    app.core.approvals.deny(id, 'page');
    const { isError, envelope } = await rotating;
    expect(isError).toBe(true);
    expect(envelope.summary.headline).toBe('The rotation was denied. Nothing was changed.');
    expect(envelope.data).toMatchObject({ ok: false, error: { code: 'rotation-denied' } });
  });

  it('says that nothing was changed when nobody confirms in time', async () => {
    await start({ approvalWindowMs: 60 });
    const { isError, envelope } = await agent.call('rotate_api_key', { confirm });
    expect(isError).toBe(true);
    expect(envelope.data).toMatchObject({ ok: false, error: { code: 'rotation-expired' } });
    expect(envelope.summary.headline).toContain('Nothing was changed');
  });

  it('says so when another rotation of the same key waits already', async () => {
    await start();
    const first = agent.call('rotate_api_key', { confirm });
    await app.core.waiting();
    const second = await agent.call('rotate_api_key', { confirm });
    expect(second.envelope.data).toMatchObject({ ok: false, error: { code: 'approval-already-waiting' } });
    await app.core.approveAsPerson();
    expect((await first).envelope.data.ok).toBe(true);
  });

  it('takes the question back when the client cancels', async () => {
    await start();
    const cancel = new AbortController();
    const rotating = agent.call('rotate_api_key', { confirm }, { signal: cancel.signal });
    await app.core.waiting();
    cancel.abort('enough');
    await expect(rotating).rejects.toThrow('enough');
    await expect.poll(() => app.core.approvals.list()[0]?.state).toBe('withdrawn');
    await expect.poll(() => app.core.listeners).toBe(0);
  });

  it('takes the question back when the client runs out of patience', async () => {
    await start();
    await expect(agent.call('rotate_api_key', { confirm }, { timeout: 80 })).rejects.toThrow('timed out');
    await expect.poll(() => app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('takes the question back when the client is gone', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm }).catch(() => 'gone');
    await app.core.waiting();
    await agent.close();
    expect(await rotating).toBe('gone');
    await expect.poll(() => app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('lets a confirmed rotation go on when it is cancelled, to be seen with get_rotation', async () => {
    await start({ stepMs: 30 });
    const cancel = new AbortController();
    const rotating = agent.call('rotate_api_key', { confirm }, { signal: cancel.signal }).catch(() => 'cancelled');
    await app.core.approveAsPerson(true);
    cancel.abort();
    expect(await rotating).toBe('cancelled');
    await expect.poll(async () => (await agent.call('get_rotation')).envelope.data.outcome).toBe('done');
    expect(app.core.taken).toEqual([]);
  });

  it.each([
    ['stopped', 'works'],
    ['declined', 'works'],
    ['unchanged', 'works'],
    ['lost', 'dead'],
  ] as const)('is an error when it ended as %s; the old key: %s', async (outcome, old_key) => {
    await start({ outcome });
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson(true);
    const { isError, envelope } = await rotating;
    expect(isError).toBe(true);
    expect(envelope.data).toMatchObject({ ok: false, outcome, old_key, problem: { code: outcome } });
    expect(envelope.actions[0]).toMatchObject({ tool: 'get_rotation' });
    expect(app.core.taken).toEqual([]);
  });

  it('lists what is left to do when it was done in part', async () => {
    await start({ outcome: 'done-in-part' });
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson();
    const { isError, envelope } = await rotating;
    expect(isError).toBeUndefined();
    expect(envelope.data).toMatchObject({ ok: true, outcome: 'done-in-part', sites: [{ state: 'to-do' }] });
    expect(JSON.stringify(envelope.data.to_do)).toContain('line 7');
  });

  it('says of a lost key that the person makes and pastes a new one, and nobody else', async () => {
    await start({ outcome: 'lost' });
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson();
    const { envelope } = await rotating;
    expect(envelope.data.person_can).toEqual([expect.stringContaining('pastes it into Rekey themselves')]);
    expect(envelope.warnings).toContainEqual(expect.stringContaining('do not pass one on'));
    expect(envelope.actions.map(({ tool }) => tool)).toEqual(['get_rotation']);
  });

  it('says for how long the old key works on, which the person has chosen', async () => {
    await start({ oldKeyEndedBy: 'rekey', grace: { choices: [0, 60], default: 60 } });
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson();
    const { envelope } = await rotating;
    expect(envelope.data).toMatchObject({ old_key: 'works', old_key_end: expect.stringContaining('Rekey revokes it') });
    expect(envelope.warnings).toContain(envelope.data.old_key_end);
  });

  it.each([{ grace: 60 }, { grace_minutes: 60 }, { by_hand: true }, { undo: 'x' }])(
    'leaves it to the person how it is done: %j is refused',
    async (surplus) => {
      await start({ grace: { choices: [0, 60], default: 0 } });
      const { envelope } = await agent.call('rotate_api_key', { confirm, ...surplus });
      expect(envelope.data).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
      expect(app.core.calls).toEqual([]);
    },
  );

  it('says why when the rotation stands still, and not to start another', async () => {
    await start({ waitsOn: 'keychain' });
    const rotating = agent.call('rotate_api_key', { confirm });
    await app.core.approveAsPerson();
    const { isError, envelope } = await rotating;
    expect(isError).toBe(true);
    expect(envelope.data).toMatchObject({ ok: false, outcome: null, waits_on: 'keychain', old_key: 'unknown' });
    expect(envelope.summary.headline).toContain('The keychain is locked');
  });
});

describe('the new key', () => {
  it('is in no byte on the wire when the person did not tick it', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm }, { onprogress: () => {} });
    await app.core.approveAsPerson(false);
    expect((await rotating).envelope.data).not.toHaveProperty('new_api_key');
    for (const tool of ['list_credentials', 'list_hosts', 'get_rotation']) await agent.call(tool);
    expect(agent.received.length).toBeGreaterThan(3);
    expect(agent.received.join('\n')).not.toContain(NEW_KEY);
  });

  it('is in that one answer, and in no other, when the person ticked it', async () => {
    await start();
    const rotating = agent.call('rotate_api_key', { confirm }, { onprogress: () => {} });
    await app.core.approveAsPerson(true);
    expect((await rotating).envelope.data.new_api_key).toBe(NEW_KEY);
    for (const tool of ['list_credentials', 'list_hosts', 'get_rotation']) await agent.call(tool);
    expect(agent.received.filter((message) => message.includes(NEW_KEY))).toHaveLength(1);
    expect(app.core.taken).toHaveLength(1);
  });
});

describe('two clients at once', () => {
  it('each get their own answers', async () => {
    await start({ names: ['work', 'home'] });
    const other = await Agent.connect(bridge, app.home, 'other-agent');
    await other.client.listTools();
    const first = agent.call('rotate_api_key', { credential: 'work', confirm });
    const second = other.call('rotate_api_key', { credential: 'home', confirm });
    await expect.poll(() => app.core.approvals.list().length).toBe(2);
    await app.core.approveAsPerson(true);
    await app.core.approveAsPerson(false);
    const answers = [(await first).envelope.data, (await second).envelope.data];
    expect(answers.map(({ credential }) => credential)).toEqual(['work', 'home']);
    expect(answers.filter((data) => 'new_api_key' in data)).toHaveLength(1);
    expect((await other.call('list_credentials')).envelope.data.credentials).toHaveLength(2);
    await other.close();
  });
});
