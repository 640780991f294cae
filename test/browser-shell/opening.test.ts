import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { type ShellUnderTest as Shell, ShellUnderTest } from './shell-under-test.ts';

const started: Shell[] = [];
async function start(options: Parameters<typeof ShellUnderTest.start>[0] = {}): Promise<Shell> {
  const test = await ShellUnderTest.start(options);
  started.push(test);
  return test;
}
afterEach(async () => {
  for (const test of started.splice(0)) await test.stop();
});

const approval = (via: Approval['requester']['via'], id = 'a-1'): Approval => ({
  id,
  batch: null,
  requester: { via, program: 'node', pid: 7, client: null },
  plan: {
    hash: 'h',
    credential: { id: 'c', name: 'work' },
    target: { id: 'c', name: 'work' },
    provider: { id: 'bitscale', name: 'BitScale' },
    strategy: 'in-place',
    way: 'request',
    undoes: null,
    grace: null,
    baseUrl: 'https://api.bitscale.ai/api/v1',
    agentId: null,
    oldFingerprint: null,
    consequences: [],
    sites: [],
    findings: [],
    hosts: [],
  },
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-01T00:02:00Z',
  state: 'waiting',
  decidedBy: null,
  decidedAt: null,
  giveKeyToClient: false,
  restartHosts: [],
  graceMinutes: null,
  rotationId: null,
  problem: null,
});

const TOKEN = /#token=[\w-]{43}/;

describe('opening a page', () => {
  it('gives the browser a file that only this account can read, and no token on the command line', async () => {
    const test = await start();
    expect(await test.shell.openPage()).toBe(true);
    const [given] = await test.opened();
    expect(given).toMatch(/open-[\w-]{16}\.html$/);
    expect(given).not.toMatch(/token/);
    expect(((await stat(given ?? '')).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(join(test.folder, 'data', 'run'))).mode & 0o777).toString(8)).toBe('700');
    expect(await test.openedPage()).toMatch(new RegExp(`content="0;url=${test.origin}/#token=[\\w-]{43}"`));
  });

  it('takes the file away as soon as the token in it was used', async () => {
    const test = await start();
    const token = await test.token();
    expect(await test.openingFiles()).toHaveLength(1);
    await test.post('/session', { token });
    await expect.poll(() => test.openingFiles()).toEqual([]);
  });

  it('takes the file away when no browser could be started, and says so', async () => {
    const test = await start({ browser: false });
    expect(await test.shell.openPage()).toBe(false);
    expect(await test.openingFiles()).toEqual([]);
  });

  it('takes the file away at the end', async () => {
    const test = await start();
    await test.shell.openPage();
    await test.openedPage();
    await test.shell.close();
    expect(await test.openingFiles()).toEqual([]);
  });

  it('leads to the page that was asked for', async () => {
    const test = await start();
    await test.shell.openPage('confirmation.html?id=a&b=1');
    expect(await test.openedPage()).toContain(`href="${test.origin}/confirmation.html?id=a&amp;b=1#token=`);
  });
});

describe('bringing Rekey before the person', () => {
  it('opens a page', async () => {
    const test = await start();
    expect(await test.shell.show()).toBe(true);
    expect(await test.opened()).toHaveLength(1);
  });

  it('prints a further address on the terminal where no browser can be started', async () => {
    const test = await start({ browser: false, terminal: true });
    expect(await test.shell.show()).toBe(true);
    expect(test.printed.filter((line) => TOKEN.test(line))).toHaveLength(2);
  });

  it('says when there is neither', async () => {
    const test = await start({ browser: false });
    expect(await test.shell.show()).toBe(false);
    expect(test.printed.join('\n')).not.toMatch(/token/);
  });
});

describe('the one-time address', () => {
  it('is printed on a terminal', async () => {
    const test = await start({ terminal: true });
    expect(test.printed.join('\n')).toMatch(TOKEN);
  });

  it('is never printed anywhere else, where it could end in a log', async () => {
    const test = await start({ browser: false, open: true });
    test.core.tell({ name: 'approval', payload: approval('agent') });
    await expect.poll(() => test.printed.join('\n')).toContain('rekey approve a-1');
    expect(test.printed.join('\n')).not.toMatch(/token/);
    expect(test.printed.join('\n')).toContain('Run `rekey serve` in a terminal');
  });
});

describe('a rotation that was asked for elsewhere', () => {
  it('opens its confirmation, once', async () => {
    const test = await start();
    test.core.tell({ name: 'approval', payload: approval('agent') });
    test.core.tell({ name: 'approval', payload: approval('agent') });
    expect(await test.openedPage()).toContain('/confirmation.html?id=a-1#token=');
    test.core.tell({ name: 'approval', payload: approval('command-line', 'a-2') });
    await expect.poll(async () => (await test.opened()).length).toBe(2);
  });

  it('opens one confirmation for all that were asked for together', async () => {
    const test = await start();
    const batch = '6f0d6b0e-6c0a-4c7e-9a53-0a2f1d4c3b21';
    for (const id of ['a-1', 'a-2', 'a-3'])
      test.core.tell({ name: 'approval', payload: { ...approval('command-line', id), batch } });
    // Whatever had been opened for the others would stand before this one.
    test.core.tell({ name: 'approval', payload: approval('agent', 'a-4') });
    await expect.poll(async () => (await test.opened()).length).toBe(2);
  });

  it('names the way to all of them on a terminal where no browser can be started', async () => {
    const test = await start({ browser: false, terminal: true });
    const batch = '6f0d6b0e-6c0a-4c7e-9a53-0a2f1d4c3b21';
    test.core.tell({ name: 'approval', payload: { ...approval('command-line'), batch } });
    await expect
      .poll(() => test.printed.join('\n'))
      .toContain(`Several rotations wait for you: \`rekey approve ${batch}\``);
  });

  it('opens nothing when it was asked for in a page, or is decided already', async () => {
    const test = await start();
    test.core.tell({ name: 'approval', payload: approval('page') });
    test.core.tell({ name: 'approval', payload: { ...approval('agent'), state: 'expired' } });
    // Whatever had been opened for those two would stand before this one.
    test.core.tell({ name: 'approval', payload: approval('agent', 'a-3') });
    expect(await test.openedPage()).toContain('id=a-3');
    expect(await test.opened()).toHaveLength(1);
  });

  it('opens nothing while a page listens, which shows it', async () => {
    const test = await start();
    const page = await test.listen();
    await page.next();
    const before = (await test.opened()).length;
    test.core.tell({ name: 'approval', payload: approval('agent') });
    expect(await page.next()).toContain('"state":"waiting"');
    expect(await test.opened()).toHaveLength(before);
    page.response.destroy();
  });
});
