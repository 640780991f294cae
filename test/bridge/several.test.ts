import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../mcp/app.ts';
import { NEW_FINGERPRINT, type Script } from '../mcp/scripted-core.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { type Ended, Program } from './program.ts';
import { hasScript, Session } from './session.ts';

const LOCKED = { code: 'keychain-locked', message: 'The keychain is locked.', wayOut: 'Unlock it.' };
const RUNNING = { code: 'rotation-running', message: 'Another one runs.', wayOut: 'Wait until it is done.' };
const CONFIRM = ['--confirm', 'rotate-now'];

let bridge: BuiltBridge;
let app: App;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
afterEach(() => app.close());

async function start(script: Script = {}): Promise<void> {
  app = await startApp({ names: ['work', 'home', 'spare'], ...script });
}

function program(...args: readonly string[]): Program {
  return new Program(bridge, app.home, args);
}

function run(...args: readonly string[]): Promise<Ended> {
  const started = program(...args);
  started.child.stdin.end();
  return started.ended;
}

async function json(...args: readonly string[]): Promise<{ code: number | null; document: unknown }> {
  const { code, stdout } = await run(...args, '--json');
  return { code, document: JSON.parse(stdout) };
}

const batchNow = (): string => app.core.approvals.list()[0]?.batch ?? '';
const states = (): string[] =>
  app.core.approvals
    .list()
    .map(({ state }) => state)
    .reverse();

describe('rekey rotate with several keys', () => {
  it('rotates them all at once after one confirmation, tells the steps of each by its name, and sums up', async () => {
    await start();
    const { code, stdout, stderr } = await run('rotate', 'work', 'home', ...CONFIRM);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('work: Asked the service for a new key\n');
    expect(stdout).toContain('home: Asked the service for a new key\n');
    for (const name of ['work', 'home']) expect(stdout).toContain(`\n“${name}” has a new key.\n`);
    expect(stdout).toMatch(/\n\nTo use the new keys:\n {2}Start Claude again\.\n$/);
    expect(stdout.match(/Start Claude again/g)).toHaveLength(1);
    expect(app.core.callsOf('approveBatch')).toHaveLength(1);
    expect(app.core.callsOf('approve')).toEqual([]);
  });

  it('prints one array, with an object for each', async () => {
    await start({ unplannable: { spare: LOCKED } });
    const { code, document } = await json('rotate', 'work', 'home', 'spare', ...CONFIRM);
    expect(code).toBe(3);
    expect(document).toMatchObject([
      { credential: 'work', rotation: { outcome: 'done', newFingerprint: NEW_FINGERPRINT }, problem: null },
      { credential: 'home', rotation: { outcome: 'done' }, problem: null },
      { credential: 'spare', rotation: null, problem: LOCKED },
    ]);
  });

  it.each([
    ['0 when all are done', {}, 0],
    ['3 when one is left as it was', { outcomes: { home: 'declined' } }, 3],
    ['3 when something is left to do', { outcomes: { home: 'done-in-part' } }, 3],
    ['1 when none has a new key', { outcome: 'stopped' }, 1],
    ['3 when one could not begin', { cannotBegin: { home: RUNNING } }, 3],
    ['1 when none could begin', { cannotBegin: { home: RUNNING, work: RUNNING } }, 1],
  ] as const)('ends with %s', async (_how, script, code) => {
    await start(script);
    expect((await run('rotate', 'work', 'home', ...CONFIRM)).code).toBe(code);
  });

  it('says which could not begin, and why, and sees the others through', async () => {
    await start({ cannotBegin: { home: RUNNING } });
    const { stdout } = await run('rotate', 'work', 'home', ...CONFIRM);
    expect(stdout).toContain('“work” has a new key.');
    expect(stdout).toContain('“home” was not rotated. Another one runs. Wait until it is done.');
  });

  it('shows every plan in short and waits, where nobody is at a terminal, for whoever confirms elsewhere', async () => {
    await start({ unplannable: { spare: LOCKED } });
    const rotating = program('rotate', 'work', 'home', 'spare');
    await rotating.says('rekey approve');
    expect(rotating.stdout).toContain('Rotate 2 keys:');
    expect(rotating.stdout).toMatch(/“work” at BitScale \(.*\)\n {2}The old key stops working at once\./);
    expect(rotating.stdout).toContain('Can’t be rotated now:\n  “spare”: The keychain is locked. Unlock it.');
    const batch = batchNow();
    expect(rotating.stdout).toContain(`\`rekey approve ${batch}\``);
    expect((await run('approve', batch, ...CONFIRM)).code).toBe(3);
    expect((await rotating.ended).code).toBe(3);
    expect(states()).toEqual(['approved', 'approved']);
  });

  it('takes all back when it is interrupted', async () => {
    await start();
    const rotating = program('rotate', 'work', 'home');
    await rotating.says('rekey approve');
    rotating.child.kill('SIGINT');
    const { code, stderr } = await rotating.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The request for the rotation was taken back. Nothing was changed.');
    expect(states()).toEqual(['withdrawn', 'withdrawn']);
  });

  it('ends with what the person has said when that is no', async () => {
    await start();
    const rotating = program('rotate', 'work', 'home');
    await rotating.says('rekey approve');
    const batch = batchNow();
    const denied = await run('deny', batch);
    expect(denied).toMatchObject({ code: 0, stdout: 'Denied. 2 keys are as before.\n' });
    const { code, stderr } = await rotating.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The rotation was denied. Nothing was changed.');
  });

  it('waits for the app’s own window where there is one', async () => {
    await start({ desktop: true });
    const rotating = program('rotate', 'work', 'home', ...CONFIRM);
    await rotating.says('Rekey');
    await expect.poll(states).toEqual(['waiting', 'waiting']);
    for (const { id } of app.core.approvals.list()) app.core.approvals.deny(id, 'confirmation-window');
    expect((await rotating.ended).code).toBe(1);
  });

  it('finds the keys that stand in a file, by its whole path', async () => {
    await start();
    const { code, stdout } = await run('rotate', '--in-file', 'leaked.json', ...CONFIRM);
    expect(code).toBe(0);
    expect(app.core.callsOf('requestRotations').map(({ input }) => input)).toEqual([
      { file: `${process.cwd()}/leaked.json` },
    ]);
    for (const name of ['work', 'home', 'spare']) expect(stdout).toContain(`“${name}” has a new key.`);
  });

  it('takes the time for the old keys where a plan offers it', async () => {
    await start({ grace: { choices: [0, 60], default: 0 } });
    expect((await run('rotate', 'work', 'home', '--grace', '1h', ...CONFIRM)).code).toBe(0);
    expect(app.core.approvals.list().map(({ graceMinutes }) => graceMinutes)).toEqual([60, 60]);
  });

  it('says so when that time can’t be had, and leaves nothing waiting', async () => {
    await start({ grace: { choices: [0, 60], default: 0 } });
    const { code, stdout } = await run('rotate', 'work', 'home', '--grace', '7d', ...CONFIRM);
    expect(code).toBe(1);
    expect(stdout).toContain('The old key can’t be kept for that long.');
    expect(states()).toEqual(['withdrawn', 'withdrawn']);
  });

  it('restarts no app that several of the keys concern', async () => {
    await start({ desktopApp: true });
    expect((await run('rotate', 'work', 'home', '--restart-hosts', ...CONFIRM)).code).toBe(0);
    expect(app.core.approvals.list().map(({ restartHosts }) => restartHosts)).toEqual([[], []]);
  });

  it.each([
    [['rotate']],
    [['rotate', 'work', '--in-file', 'a']],
    [['rotate', 'work', 'home', '--by-hand']],
    [['rotate', 'work', 'home', '--agent-id', '7']],
    [['rotate', '--in-file', 'a', '--by-hand']],
  ])('is used wrongly by %j', async (args) => {
    await start();
    expect((await run(...args)).code).toBe(2);
    expect(app.core.calls).toEqual([]);
  });

  it('is refused as a whole when a name is wrong', async () => {
    await start();
    const { code, stderr } = await run('rotate', 'work', 'nope', ...CONFIRM);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no such key. Nothing was changed.');
    expect(states()).toEqual([]);
  });
});

describe('requests that were asked for together', () => {
  it('are one line among what waits', async () => {
    await start();
    const rotating = program('rotate', 'work', 'home');
    await rotating.says('rekey approve');
    const batch = batchNow();
    const { stdout } = await run('approvals');
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^ID +KEYS +ASKED BY +UNTIL$/),
      expect.stringMatching(new RegExp(`^${batch} +work, home +command-line`)),
    ]);
    expect((await json('approvals')).document).toHaveLength(2);
    await run('deny', batch);
    await rotating.ended;
  });

  it('can be confirmed one by one as well', async () => {
    await start();
    const rotating = program('rotate', 'work', 'home');
    await rotating.says('rekey approve');
    const [home, work] = app.core.approvals.list();
    const approved = await run('approve', work?.id ?? '', ...CONFIRM);
    expect(approved.stdout).toContain(`\`rekey approve ${work?.batch}\` confirms all.`);
    expect((await run('deny', home?.id ?? '')).code).toBe(0);
    const { code, stdout } = await rotating.ended;
    expect(code).toBe(3);
    expect(stdout).toContain('“work” has a new key.');
    expect(stdout).toContain('“home” was not rotated. The rotation was denied. Nothing was changed.');
  });

  it('are unknown under a wrong name', async () => {
    await start();
    for (const command of ['approve', 'deny']) {
      const { code, stderr } = await run(command, 'nope', ...(command === 'approve' ? CONFIRM : []));
      expect(code).toBe(1);
      expect(stderr).toContain('There are no such requests. Nothing was changed.');
    }
  });
});

describe.skipIf(!hasScript)(`at a terminal${hasScript ? '' : ' (util-linux script is missing)'}`, () => {
  const session = (...args: readonly string[]) => new Session(app.home, [bridge.program, ...args]);

  it('a person reads every plan in short and confirms all by one word', async () => {
    await start();
    const rotating = session('rotate', 'work', 'home');
    await rotating.sees('Type rotate-now to rotate all 2 now');
    for (const name of ['work', 'home']) expect(rotating.shown).toContain(`“${name}” at BitScale`);
    expect(rotating.shown).toContain('The old key stops working at once.');
    rotating.type('rotate-now\r');
    expect(await rotating.ended).toBe(0);
    expect(app.core.callsOf('approveBatch')[0]?.caller).toMatchObject({ carrier: 'terminal' });
  });

  it.each(['y\r', 'work\r', '\u0003'])('all are taken back by %j', async (typed) => {
    await start();
    const rotating = session('rotate', 'work', 'home');
    await rotating.sees('Type rotate-now');
    rotating.type(typed);
    expect(await rotating.ended).toBe(1);
    expect(states()).toEqual(['withdrawn', 'withdrawn']);
  });

  it('they go on by themselves when they are confirmed elsewhere meanwhile, and so does `approve`', async () => {
    await start();
    const rotating = session('rotate', 'work', 'home');
    await rotating.sees('Type rotate-now');
    const batch = batchNow();
    const approving = session('approve', batch);
    await approving.sees('Type rotate-now');
    expect(approving.shown).toContain('Asked by command-line (');
    approving.type('rotate-now\r');
    expect(await Promise.all([rotating.ended, approving.ended])).toEqual([0, 0]);
  });

  it('`approve` leaves them waiting when anything else is typed', async () => {
    await start();
    const rotating = session('rotate', 'work', 'home');
    await rotating.sees('Type rotate-now');
    const batch = batchNow();
    const approving = session('approve', batch);
    await approving.sees('Type rotate-now');
    approving.type('no\r');
    expect(await approving.ended).toBe(2);
    expect(states()).toEqual(['waiting', 'waiting']);
    rotating.type('no\r');
    expect(await rotating.ended).toBe(1);
  });
});
