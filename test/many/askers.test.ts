import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { RekeyOptions } from '../../main/rekey.ts';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { type Ended, Program } from '../bridge/program.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { Agent, type Answered } from '../mcp/agent.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { HttpPage } from './http-page.ts';

const ROUNDS = 3;
/** With clear words: what happened, that nothing was changed, and what to do. */
const CLEAR = [
  /A rotation of “work” already waits for a confirmation\. Nothing was changed\.[\s"]+.*Confirm or deny that one/s,
  /The person has asked for a rotation of “work” themselves; this request gave way to theirs\. Nothing was changed by it\./,
];

describe('a page, a command line and an agent that ask for the same key at the same time', () => {
  let bridge: BuiltBridge;
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let page: HttpPage;
  let agent: Agent;
  let file: string;
  let line: Promise<void>;

  beforeAll(async () => {
    bridge = await buildBridge();
  });
  afterAll(() => bridge.remove());
  beforeEach(async () => {
    service = await startBitscale();
    line = Promise.resolve();
    sandbox = await openSandbox({ wrap: slowLine });
    file = join(sandbox.home, '.cursor', 'mcp.json');
    await mkdir(join(sandbox.home, '.cursor'));
    await writeFile(file, textWith(service.key));
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
    page = await HttpPage.open(sandbox);
    agent = await Agent.connect(bridge, sandbox.rekey.dataFolder);
    await agent.client.listTools();
  });
  afterEach(async () => {
    await agent.close();
    await page.close();
    await sandbox.dispose();
    await service.stop();
  });

  /** Lets nothing through to the service before the line is open. */
  const slowLine: NonNullable<RekeyOptions['wrap']> = (parts) => ({
    ...parts,
    send: async (...request) => {
      await line;
      return parts.send(...request);
    },
  });
  const textWith = (key: string): string =>
    `{"mcpServers": {"one": {"command": "npx", "env": {"BITSCALE_API_KEY": "${key}"}}}}\n`;
  const byCommandLine = (): Program => new Program(bridge, sandbox.rekey.dataFolder, ['rotate', 'work', '--json']);
  const byAgent = (): Promise<Answered> =>
    agent.call('rotate_api_key', { credential: 'work', confirm: 'rotate-now' }, { timeout: 60_000 });
  const waiting = async (): Promise<Approval[]> =>
    (await sandbox.call('listApprovals', {})).filter(({ state }) => state === 'waiting');
  const asksSoFar = async (): Promise<number> => (await sandbox.call('listApprovals', {})).length;

  it('have one request before the person, and one rotation comes of it; the others are told, in clear words', async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const program = byCommandLine();
      const asked = [page.call('requestRotation', { credential: 'work' }), program.ended, byAgent()] as const;
      const fromPage = await asked[0];
      // The page's request takes the place of any other; those that come later are refused.
      if (!('result' in fromPage)) throw new Error(fromPage.failure.message);
      const [, { code, stdout }, { isError, envelope }] = await Promise.all(asked);
      expect((await waiting()).map(({ id }) => id)).toEqual([fromPage.result.id]);
      expect(code).toBe(1);
      expect(['approval-already-waiting', 'approval-replaced']).toContain(JSON.parse(stdout).error.code);
      expect(CLEAR.some((words) => words.test(stdout))).toBe(true);
      expect(isError).toBe(true);
      expect(CLEAR.some((words) => words.test(JSON.stringify(envelope)))).toBe(true);
      expect(service.rotationRequests).toBe(round - 1);

      const { id, plan } = fromPage.result;
      const [one, other] = await Promise.all([
        page.call('approve', { id, planHash: plan.hash }),
        page.call('approve', { id, planHash: plan.hash }),
      ]);
      const approved = [one, other].flatMap((answer) => ('result' in answer ? [answer.result] : []));
      const refused = [one, other].flatMap((answer) => ('failure' in answer ? [answer.failure.code] : []));
      expect(refused).toEqual(['approval-decided']);
      expect(await sandbox.settled(approved[0]?.rotationId ?? '')).toMatchObject({ outcome: 'done' });
      expect(service.rotationRequests).toBe(round);
      expect(service.rotations).toBe(round);
      expect(await readFile(file, 'utf8')).toBe(textWith(service.key));
    }
  });

  it('are told that it rotates already when they come while it does', async () => {
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    let goOn = (): void => {};
    line = new Promise((resolve) => (goOn = resolve));
    const running = sandbox.approve(approval);
    await expect.poll(async () => (await sandbox.call('listRotations', {})).length).toBe(1);
    const [fromPage, fromCommandLine, fromAgent]: [unknown, Ended, Answered] = await Promise.all([
      page.call('requestRotation', { credential: 'work' }),
      byCommandLine().ended,
      byAgent(),
    ]);
    const words = 'A rotation of “work” has not ended yet. Nothing was changed.';
    expect(fromPage).toMatchObject({ failure: { code: 'rotation-running', message: words } });
    expect(JSON.parse(fromCommandLine.stdout)).toMatchObject({ error: { code: 'rotation-running', message: words } });
    expect(fromAgent.isError).toBe(true);
    expect(JSON.stringify(fromAgent.envelope)).toContain(words);
    goOn();
    expect(await running).toMatchObject({ outcome: 'done' });
    expect(service.rotationRequests).toBe(1);
  });

  it('are told at once when the rotation that a person grants to one of them can’t begin', async () => {
    const program = byCommandLine();
    await expect.poll(asksSoFar).toBe(1);
    const [approval] = await waiting();
    if (!approval) throw new Error('nothing waits');
    const lock = join(sandbox.rekey.dataFolder, 'locks', approval.plan.credential.id);
    await mkdir(lock);
    const { id, plan } = approval;
    expect(await page.call('approve', { id, planHash: plan.hash })).toMatchObject({
      failure: { code: 'rotation-running' },
    });
    const { code, stdout } = await program.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'rotation-running' } });
    expect(service.rotationRequests).toBe(0);
  });
});
