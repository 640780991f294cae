import { chmod, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../mcp/app.ts';
import { NEW_FINGERPRINT, NEW_KEY, REFUSED_KEY, type Script } from '../mcp/scripted-core.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { type Ended, Program } from './program.ts';

let bridge: BuiltBridge;
let app: App;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
afterEach(() => app.close());

async function start(script: Script = {}): Promise<void> {
  app = await startApp(script);
}

function run(args: readonly string[], stdin = '', env: Record<string, string> = {}): Promise<Ended> {
  const program = new Program(bridge, app.home, args, { env });
  program.child.stdin.end(stdin);
  return program.ended;
}

/** Runs with `--json`, and checks that stdout is one document. */
async function json(args: readonly string[], stdin = ''): Promise<{ code: number | null; document: unknown }> {
  const { code, stdout } = await run([...args, '--json'], stdin);
  return { code, document: JSON.parse(stdout) };
}

describe('each command that asks', () => {
  it.each([
    ['list', [], /NAME {2}SERVICE.*\nwork {2}BitScale {2}sk-live-•••• \([0-9a-f]{12}\) {2}ok/, [{ name: 'work' }]],
    ['hosts', [], /^Claude, running\n.*claude_desktop_config\.json\n {4}“work” in line 7/, [{ id: 'claude' }, {}]],
    [
      'scan',
      [],
      /claude_desktop_config\.json \(Claude\)\n {2}line 7 {3}server “bitscale”, env {2}sk-live-•••• \([0-9a-f]{12}\) {2}“work”\n {2}line 12 .*not in Rekey; the form of BitScale/,
      { findings: [{ id: 'known' }, { id: 'fresh' }, { id: 'other' }], problems: [] },
    ],
    ['copies', [], /^work {2}holds the earlier key {2}.*\.bak$/m, [{ credential: 'work', holdsEarlier: true }]],
    ['verify', ['work'], /^BitScale accepts “work”, account me@example\.com\.$/m, { state: 'accepted' }],
    [
      'plan',
      ['work'],
      /- "BITSCALE_API_KEY": "sk-live-••••.*\n {2}\+ "BITSCALE_API_KEY"/,
      { target: { name: 'work' } },
    ],
    ['status', [], /Rekey 9\.9\.9, browser shell.*\nKeychain: of the system, ready\nKeys: 1/, { credentials: 1 }],
    ['approvals', [], /^Nothing waits\.$/m, []],
    ['activity', [], /credential-added {5}work {4}page {4}bitscale/, [{ kind: 'credential-added' }, {}, {}]],
    [
      'settings',
      [],
      /^Confirmation by scripts: on\nReminders to rotate: when a key is 90 days old\nLanguage of the pages: system\nProject folders: none added$/m,
      { allowScriptedConfirmation: true, projectFolders: [], rotateEveryDays: 90, language: 'system', welcomed: true },
    ],
    ['keychain', [], /^Keychain: of the system, ready$/m, { kind: 'os', status: 'ready' }],
  ])('`rekey %s` prints aligned text for a person, and one JSON document', async (name, args, text, document) => {
    await start();
    const human = await run([name, ...args]);
    expect(human.stdout).toMatch(text);
    expect([human.code, human.stderr]).toEqual([0, '']);
    expect(await json([name, ...args])).toMatchObject({ code: 0, document });
  });

  it('carries no colour where stdout is no terminal', async () => {
    await start();
    expect((await run(['plan', 'work'])).stdout).not.toContain('\u001b');
  });

  it('exits with 1 for a key that the service refuses, and for an unknown one', async () => {
    await start({ names: ['dead'] });
    expect(await run(['verify', 'dead'])).toMatchObject({
      code: 1,
      stdout: 'BitScale refuses “dead”, account me@example.com (401).\n',
    });
    expect(await json(['verify', 'nobody'])).toMatchObject({
      code: 1,
      document: { error: { code: 'credential-unknown', message: expect.any(String), wayOut: expect.any(String) } },
    });
    expect(await run(['plan', 'nobody'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no such key'),
    });
  });

  it('makes names that would move the cursor harmless', async () => {
    await start();
    await run(['add', 'fine', '--provider', 'bitscale'], 'sk-live-2');
    // The contract lets no such name in, so it comes by the reason of a failure.
    const { stderr } = await run(['activity', '--limit', '\u001b[2J']);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('wrong use', () => {
  it.each([
    [['nonsense']],
    [['list', 'surplus']],
    [['verify']],
    [['list', '--nonsense']],
    [['plan', 'work', '--agent-id']],
    [['activity', '--limit', '0']],
    [['keychain', 'memory']],
    [['settings', '--scripts', 'maybe']],
    [['settings', '--rotate-every', '45']],
    [['remind', 'work']],
    [['remind', 'work', '0']],
    [['remind', 'work', 'off', 'surplus']],
    [['activity', 'work', 'surplus']],
    [['activity', '--csv', '--limit', '5']],
    [['settings', '--add-folder', '']],
    [['settings', '--remove-folder']],
    [['rotate', 'work', '--confirm', 'yes']],
    [['add', 'new', '--provider', 'bitscale', '--setting', 'novalue']],
    [['serve', '--port', '99999']],
    [['mcp', 'surplus']],
    [['copies', '--patch', '--delete']],
    [['copies', 'a']],
    [['copies', '--delete']],
    [['copies', '--patch', 'a']],
    [['redact', 'a']],
    [['redact', 'a', 'work']],
    [['redact', '', 'work']],
    [['scan', 'a']],
    [['restore', '']],
    [['restore', '--at', '2026']],
    [['restore', '--yes']],
    [['restore', 'a', 'b']],
    [['restore', 'a', '--list', '--yes']],
    [['help', 'nonsense']],
  ])('%j exits with 2, says what is right, and changes nothing', async (args) => {
    await start();
    const human = await run(args);
    expect(human).toMatchObject({ code: 2, stdout: '' });
    expect(human.stderr).toMatch(/^rekey: .+\n.+\n$/);
    expect(await json(args)).toMatchObject({ code: 2, document: { error: { code: 'wrong-use' } } });
    expect(app.core.calls).toEqual([]);
  });

  it.each([
    [['add', 'new', '--provider', 'bitscale', '--key', 'sk-live-in-argv']],
    [['add', 'new', '--provider', 'bitscale', '--key=sk-live-in-argv']],
    [['add', 'new', '--provider', 'bitscale', '--api-key', 'sk-live-in-argv']],
    [['add', 'new', '--provider', 'bitscale', '--token=sk-live-in-argv']],
    [['add', 'new', 'sk-live-in-argv', '--provider', 'bitscale']],
    [['add', 'new', '--sk-live-in-argv']],
    [['keychain', 'file', '--passphrase', 'sk-live-in-argv']],
  ])('%j is refused, and not repeated', async (args) => {
    await start();
    for (const more of [[], ['--json']]) {
      const { code, stdout, stderr } = await run([...args, ...more]);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain('sk-live-in-argv');
    }
    expect(app.core.calls).toEqual([]);
  });

  it('tells whoever gave a key as an argument that it is exposed', async () => {
    await start();
    const { stderr } = await run(['add', 'new', '--provider', 'bitscale', '--key', 'x']);
    expect(stderr).toContain('never given as an argument');
    expect(stderr).toContain('seen by others');
  });
});

describe('rekey help', () => {
  it('lists every command, and each has its own', async () => {
    await start();
    const { code, document } = await json(['help']);
    const { commands } = document as { commands: { name: string }[] };
    expect(code).toBe(0);
    expect(commands.map(({ name }) => name).sort()).toEqual(
      'activity add adopt approvals approve copies copy-new deny give-up hosts keychain list mcp plan redact remind remove restart restore resume revoke rotate scan serve services settings status undo verify'.split(
        ' ',
      ),
    );
    expect((await run(['help', 'add'])).stdout).toContain('Usage: rekey add NAME --provider P');
    expect((await run(['rotate', '--help'])).stdout).toContain('Ctrl-C takes the question back');
    expect((await run([])).stdout).toContain('Usage: rekey COMMAND');
  });

  it('has nothing to do with the app', async () => {
    await start();
    await app.server.close();
    expect((await run(['help'])).code).toBe(0);
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('rekey add', () => {
  it('takes the key from stdin, without the newline at its end', async () => {
    await start();
    const args = ['add', 'new', '--provider', 'bitscale', '--base-url', 'https://example.org', '--setting', 'a=b=c'];
    expect(await json(args, `${NEW_KEY}\n`)).toMatchObject({
      code: 0,
      document: { name: 'new', fingerprint: NEW_FINGERPRINT },
    });
    expect(app.core.callsOf('addCredential')[0]?.input).toEqual({
      name: 'new',
      provider: 'bitscale',
      key: NEW_KEY,
      baseUrl: 'https://example.org',
      settings: { a: 'b=c' },
      evenIfRefused: false,
    });
  });

  it('shows the fingerprint and never the key', async () => {
    await start();
    const { stdout, stderr } = await run(['add', 'new', '--provider', 'bitscale'], NEW_KEY);
    expect(stdout).toContain('Added “new” (BitScale');
    expect(stdout + stderr).not.toContain(NEW_KEY);
  });

  it('keeps a refused key only when told so', async () => {
    await start();
    const args = ['add', 'new', '--provider', 'bitscale'];
    expect(await json(args, REFUSED_KEY)).toMatchObject({
      code: 1,
      document: { error: { code: 'credential-key-refused' } },
    });
    expect(await json([...args, '--even-if-refused'], REFUSED_KEY)).toMatchObject({ code: 0 });
  });

  it('names the providers when none is given, before it reads a key', async () => {
    await start();
    const program = new Program(bridge, app.home, ['add', 'new']);
    const { code, stderr } = await program.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('bitscale');
  });

  it('refuses an empty and an endless stdin', async () => {
    await start();
    const args = ['add', 'new', '--provider', 'bitscale'];
    expect((await run(args, '\n')).code).toBe(2);
    expect((await run(args, 'x'.repeat(100_000))).code).toBe(2);
    expect(app.core.callsOf('addCredential')).toEqual([]);
  });
});

describe('rekey remove', () => {
  it('asks for --yes where nobody can be asked', async () => {
    await start();
    expect((await run(['remove', 'work'])).code).toBe(2);
    expect(app.core.callsOf('removeCredential')).toEqual([]);
    expect(await json(['remove', 'WORK', '--yes'])).toEqual({ code: 0, document: { removed: 'work' } });
  });
});

describe('rekey rotate', () => {
  it('rotates at once with --confirm rotate-now, says each step, and sums up', async () => {
    await start();
    const { code, stdout, stderr } = await run(['rotate', 'work', '--confirm', 'rotate-now']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Confirmed\nChecked that .*\nAsked the service for a new key\n/);
    expect(stdout).toContain('new key: /home/me/.config/Claude/claude_desktop_config.json, line 7\n');
    expect(stdout).toContain(`“work” has a new key.\n  new key: ${NEW_FINGERPRINT} (fingerprint)\n`);
    expect(stdout).toMatch(/Left to do:\n.*line 3: the key stands in a comment/);
    expect(stdout).toMatch(/To use the new key:\n {2}Start Claude again\.\n$/);
    expect(app.core.callsOf('approve')[0]?.caller.carrier).toBe('script');
  });

  it.each([
    [[], []],
    [['--no-restart-hosts'], []],
    [['--restart-hosts'], ['claude']],
  ])('in a script restarts no app unless it says so: %j', async (options, restartHosts) => {
    await start({ desktopApp: true });
    expect((await run(['rotate', 'work', '--confirm', 'rotate-now', ...options])).code).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts });
  });

  it('is asked for nothing when its options exclude each other', async () => {
    await start({ desktopApp: true });
    const { code, stderr } = await run(['rotate', 'work', '--restart-hosts', '--no-restart-hosts']);
    expect(code).toBe(2);
    expect(stderr).toContain('exclude each other');
    expect(app.core.callsOf('requestRotation')).toEqual([]);
  });

  it('prints the rotation and nothing else with --json', async () => {
    await start();
    const { code, document } = await json(['rotate', 'work', '--confirm', 'rotate-now', '--agent-id', 'a-1']);
    expect(code).toBe(0);
    expect(document).toMatchObject({ outcome: 'done', target: { name: 'work' }, agentId: 'a-1' });
  });

  it.each([
    ['done-in-part', 3, 'Left to do:'],
    ['declined', 1, 'The service declined'],
    ['lost', 1, 'made by hand'],
  ] as const)('that ends as %s exits with %i', async (outcome, code, says) => {
    await start({ outcome });
    const ended = await run(['rotate', 'work', '--confirm', 'rotate-now']);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toContain(says);
  });

  it('that stands still exits with 1 and says on what it waits', async () => {
    await start({ waitsOn: 'keychain' });
    const { code, stdout } = await run(['rotate', 'work', '--confirm', 'rotate-now']);
    expect(code).toBe(1);
    expect(stdout).toContain('The keychain is locked.');
    expect(stdout).toContain('Unlock it.');
  });

  it('where only the app’s window may confirm says so and waits for it', async () => {
    await start({ desktop: true });
    const program = new Program(bridge, app.home, ['rotate', 'work', '--confirm', 'rotate-now']);
    await program.says('click Rekey’s icon'.replace('’', "'"));
    await app.core.approveAsPerson();
    expect((await program.ended).code).toBe(0);
  });

  it('where scripts may not confirm says so and waits for a person', async () => {
    await start({ allowScripted: false });
    const program = new Program(bridge, app.home, ['rotate', 'work', '--confirm', 'rotate-now']);
    await program.says('Confirmation by script is switched off');
    await app.core.approveAsPerson();
    expect((await program.ended).code).toBe(0);
  });

  it('without a terminal shows the plan and its id, and waits until it is decided', async () => {
    await start();
    const program = new Program(bridge, app.home, ['rotate', 'work']);
    const { id } = await app.core.waiting();
    await program.says(`rekey approve ${id}`);
    expect(program.stdout).toContain('The old key stops working at once.');
    expect(app.core.callsOf('approve')).toEqual([]);
    app.core.approvals.deny(id, 'page');
    const { code, stderr } = await program.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The rotation was denied. Nothing was changed.');
  });

  it('says in JSON that nobody confirmed in time', async () => {
    await start({ approvalWindowMs: 100 });
    expect(await json(['rotate', 'work'])).toMatchObject({
      code: 1,
      document: { error: { code: 'rotation-expired' } },
    });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('takes the question back by %s while it waits', async (signal) => {
    await start();
    const program = new Program(bridge, app.home, ['rotate', 'work', '--json']);
    await program.says('rekey approve', 'stderr');
    program.child.kill(signal);
    const { code, stdout } = await program.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'rotation-withdrawn' } });
    expect(app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('takes the question back even when it is killed', async () => {
    await start();
    const program = new Program(bridge, app.home, ['rotate', 'work']);
    await app.core.waiting();
    program.child.kill('SIGKILL');
    await expect.poll(() => app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('that runs goes on when the command is interrupted, and the command says so', async () => {
    await start({ stepMs: 150 });
    const program = new Program(bridge, app.home, ['rotate', 'work', '--confirm', 'rotate-now']);
    await program.says('Confirmed');
    program.child.kill('SIGINT');
    const { code, stderr } = await program.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('goes on in Rekey');
    await expect.poll(() => app.core.latest?.outcome).toBe('done');
  });

  it('says so when the app ends meanwhile', async () => {
    await start({ stepMs: 500 });
    const program = new Program(bridge, app.home, ['rotate', 'work', '--confirm', 'rotate-now']);
    await program.says('Confirmed');
    await app.server.close();
    const { code, stderr } = await program.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The Rekey app has ended');
  });
});

describe('what waits', () => {
  it('can be listed, denied and approved by id', async () => {
    await start({ names: ['work', 'home'] });
    const rotating = ['work', 'home'].map((name) => new Program(bridge, app.home, ['rotate', name, '--json']));
    await expect.poll(() => app.core.approvals.list().length).toBe(2);
    const [first, second] = app.core.approvals.list().map(({ id }) => id);
    expect((await run(['approvals'])).stdout).toContain(first);
    expect((await run(['status'])).stdout).toContain(`rekey approve ${second}`);
    expect(await json(['deny', first ?? ''])).toMatchObject({ code: 0, document: { state: 'denied' } });
    const approved = await run(['approve', second ?? '', '--confirm', 'rotate-now']);
    expect(approved.code).toBe(0);
    expect(approved.stdout).toMatch(/^Asked by .+, process \d+\)\nRotate “/);
    const ended = await Promise.all(rotating.map(({ ended }) => ended));
    expect(ended.map(({ code }) => code).sort()).toEqual([0, 1]);
  });

  it('is approved with a restart of the app that would write the old key back', async () => {
    await start({ desktopApp: true });
    const asking = new Program(bridge, app.home, ['rotate', 'work']);
    const { id } = await app.core.waiting();
    expect((await run(['approve', id, '--confirm', 'rotate-now', '--restart-hosts'])).code).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts: ['claude'] });
    expect((await asking.ended).code).toBe(0);
  });

  it('is not approved without a terminal or --confirm', async () => {
    await start();
    const program = new Program(bridge, app.home, ['rotate', 'work']);
    const { id } = await app.core.waiting();
    expect(await json(['approve', id])).toMatchObject({ code: 2, document: { error: { code: 'wrong-use' } } });
    expect(app.core.approvals.get(id).state).toBe('waiting');
    program.child.kill('SIGINT');
    await program.ended;
  });
});

describe('a rotation', () => {
  it('can be looked at, and resumed when it stands still or something is left', async () => {
    await start({ waitsOn: 'keychain' });
    const { document } = await json(['rotate', 'work', '--confirm', 'rotate-now']);
    const { id } = document as { id: string };
    expect((await run(['status', id])).stdout).toContain('The keychain is locked.');
    expect((await run(['status'])).stdout).toContain(id);
    expect(await json(['resume', id])).toMatchObject({ code: 0, document: { outcome: 'done' } });
    // Once more from its end: the answer is the new end, not the old one.
    expect(await json(['resume', id])).toMatchObject({ code: 0, document: { outcome: 'done' } });
    expect(await json(['status', 'none'])).toMatchObject({
      code: 1,
      document: { error: { code: 'rotation-unknown' } },
    });
  });
});

describe('rekey keychain', () => {
  const absent = { kind: null, status: 'absent', problem: null } as const;

  it('chooses the encrypted file with a passphrase from stdin or from the file that the variable names', async () => {
    await start({ keychain: absent });
    expect((await run(['keychain'])).stdout).toBe('Keychain: not chosen, absent\n');
    expect(await json(['keychain', 'file'], 'correct horse\n')).toMatchObject({ code: 0, document: { kind: 'file' } });
    expect(app.core.callsOf('chooseKeychain')[0]?.input).toEqual({ kind: 'file', passphrase: 'correct horse' });
    await app.close();

    await start({ keychain: absent });
    const file = join(app.home, 'passphrase');
    await writeFile(file, 'battery staple\n');
    await run(['keychain', 'file'], '', { REKEY_PASSPHRASE_FILE: file });
    expect(app.core.callsOf('chooseKeychain')[0]?.input).toEqual({ kind: 'file', passphrase: 'battery staple' });
    expect((await run(['keychain', 'file'], '', { REKEY_PASSPHRASE_FILE: `${file}.none` })).code).toBe(0);
  });

  it('says so when the passphrase file can’t be read', async () => {
    await start({ keychain: absent });
    const ended = await run(['keychain', 'file'], '', { REKEY_PASSPHRASE_FILE: '/does/not/exist' });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('REKEY_PASSPHRASE_FILE') });
    expect(app.core.callsOf('chooseKeychain')).toEqual([]);
  });

  it('unlocks the one that is chosen already', async () => {
    await start({ keychain: { kind: 'file', status: 'locked', problem: null } });
    await run(['keychain', 'file'], 'correct horse');
    expect(app.core.callsOf('unlockKeychain')[0]?.input).toEqual({ passphrase: 'correct horse' });
    expect(app.core.callsOf('chooseKeychain')).toEqual([]);
  });
});

describe('rekey restore', () => {
  const file = '/home/me/.config/Claude/claude_desktop_config.json';
  const zone = { TZ: 'Asia/Kathmandu' };

  it('lists all earlier versions, with local times, sizes and reasons', async () => {
    await start();
    const { code, stdout } = await run(['restore'], '', zone);
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        file,
        '  2026-05-25 15:45:00.123  2.0 KB     before the rotation of “work”',
        '  2026-05-25 04:15:00.000  52.4 MB    before the rotation of “work”; damaged',
        '  2026-05-20 13:45:00.000  300 bytes  before a restore',
        '',
      ],
    ]);
    expect(await json(['restore'])).toMatchObject({
      code: 0,
      document: { backups: [{ file, at: '2026-05-25T10:00:00.123Z', size: 2_048 }, {}, {}], damaged: [] },
    });
    expect(app.core.callsOf('restoreBackup')).toEqual([]);
  });

  it('lists those of one file, and says when there is none', async () => {
    await start();
    expect((await run(['restore', file, '--list'])).stdout).toContain('before a restore');
    expect(await run(['restore', '/home/me/none', '--list'])).toMatchObject({
      code: 0,
      stdout: 'Rekey holds no earlier version of /home/me/none.\n',
    });
  });

  it('puts the newest one back, and says what became of the keys and of the present version', async () => {
    await start();
    expect(await run(['restore', file, '--yes'], '', zone)).toEqual({
      code: 0,
      stdout: [
        `Restored ${file} as it was at 2026-05-25 15:45:00.123.`,
        'The version until now is kept: --at "2026-05-25 17:45:00.000" brings it back.',
        'The current key of “work” stands in 2 places.',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(app.core.callsOf('restoreBackup').map(({ input }) => input)).toEqual([
      { file, at: '2026-05-25T10:00:00.123Z', asItWas: false },
    ]);
  });

  it.each([
    ['as it is listed', '2026-05-20 13:45:00.000', '2026-05-20T08:00:00.000Z'],
    ['by its minute, here', '2026-05-25T15:45', '2026-05-25T10:00:00.123Z'],
    ['by a day, here', '2026-05-24', '2026-05-20T08:00:00.000Z'],
    ['by a moment with its zone', '2026-05-20T08:00:00.000Z', '2026-05-20T08:00:00.000Z'],
  ])('takes the version that is named %s', async (_, at, expected) => {
    await start();
    const { code } = await run(['restore', file, '--yes', '--as-it-was', '--at', at], '', zone);
    expect(code).toBe(0);
    expect(app.core.callsOf('restoreBackup').map(({ input }) => input)).toEqual([
      { file, at: expected, asItWas: true },
    ]);
  });

  it('names the times that there are, as they are here, when none is old enough', async () => {
    await start();
    const { code, stderr } = await run(['restore', file, '--yes', '--at', '2026-05-01'], '', zone);
    expect(code).toBe(1);
    expect(stderr).toContain('2026-05-25 15:45:00.123, 2026-05-25 04:15:00.000, 2026-05-20 13:45:00.000.');
    expect(app.core.callsOf('restoreBackup')).toEqual([]);
  });

  it('finds a file by a path from here', async () => {
    await start();
    const { stderr } = await run(['restore', 'mcp.json', '--yes']);
    expect(stderr).toContain(`no earlier version of ${join(process.cwd(), 'mcp.json')}.`);
  });

  it('exits with 3 when a key of Rekey’s could not be put in, and says where', async () => {
    await start({
      leftKeys: [
        { why: 'not-writable', credential: 'work', server: 'acme', line: 7 },
        { why: 'in-comment', credential: 'work', server: null, line: 2 },
        { why: 'unknown-key', credential: null, server: 'b', line: 9 },
      ],
    });
    const { code, stdout } = await run(['restore', file, '--yes']);
    expect(code).toBe(3);
    expect(stdout).toContain('line 7, server “acme”: an old key of “work”; the current one can’t be written there');
    expect(stdout).toContain('line 2: an old key of “work” in a comment; remove it there yourself.');
    expect(stdout).toContain('line 9, server “b”: a key that Rekey does not hold; see whether it still works.');
  });

  it('changes nothing where nobody can be asked and nothing was said', async () => {
    await start();
    expect(await run(['restore', file])).toMatchObject({ code: 2, stdout: '' });
    expect(app.core.calls).toEqual([]);
  });
});

describe('rekey settings', () => {
  it('lists the project folders', async () => {
    await start({ allowScripted: false, projectFolders: ['/home/me/shop', '/home/me/site'] });
    const { stdout } = await run(['settings']);
    expect(stdout).toBe(
      'Confirmation by scripts: off\nReminders to rotate: when a key is 90 days old\nLanguage of the pages: system\nProject folders:\n  /home/me/shop\n  /home/me/site\n',
    );
  });

  it.each([[['--scripts', 'on']], [['--add-folder', '/home/me/shop']], [['--remove-folder', '/home/me/site']]])(
    '%j is refused where no person is, in the words of the app',
    async (args) => {
      await start({ allowScripted: false, projectFolders: ['/home/me/site'] });
      expect(await run(['settings', ...args])).toEqual({
        code: 1,
        stdout: '',
        stderr: 'rekey: That can’t be done from here. Nothing was changed.\nDo it in Rekey’s own window or page.\n',
      });
      expect(await json(['settings', ...args])).toMatchObject({
        code: 1,
        document: { error: { code: 'call-not-allowed' } },
      });
      expect(await json(['settings'])).toMatchObject({
        document: { allowScriptedConfirmation: false, projectFolders: ['/home/me/site'] },
      });
    },
  );

  it('refuses a language that Rekey does not speak, before it asks the app', async () => {
    await start();
    const { code, stderr } = await run(['settings', '--language', 'tlh']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--language is system, en or zh-CN.')]);
    expect(app.core.callsOf('changeSettings')).toEqual([]);
  });

  it('says which folder it can’t remove', async () => {
    await start();
    const { code, stderr } = await run(['settings', '--remove-folder', '/home/me/shop']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('“/home/me/shop” is not among the project folders.')]);
    expect(app.core.callsOf('changeSettings')).toEqual([]);
  });
});

describe('rekey serve', () => {
  it('runs the browser shell beside it in the foreground, with its options, and hands signals on', async () => {
    await start();
    await app.server.close();
    await writeFile(
      join(dirname(bridge.program), 'browser.mjs'),
      `process.on('SIGTERM', () => { console.log('told to end'); process.exit(0); });
       console.log('shell', ...process.argv.slice(2));
       setInterval(() => {}, 1_000);`,
    );
    const program = new Program(bridge, app.home, ['serve', '--no-open', '--port', '8123']);
    await program.says('shell --no-open --port 8123');
    program.child.kill('SIGTERM');
    const { code, stdout } = await program.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('told to end');
  });

  it('keeps stdout for its one document with --json, and fails when the shell does', async () => {
    await start();
    await app.server.close();
    await writeFile(join(dirname(bridge.program), 'browser.mjs'), `console.log('shell'); process.exit(4);`);
    const { code, stdout, stderr } = await run(['serve', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'serve-failed' } });
    expect(stderr).toBe('shell\n');
  });

  it('brings an app that runs already before the person, instead of starting another', async () => {
    await start();
    const { code, document } = await json(['serve']);
    expect({ code, document }).toEqual({ code: 0, document: { running: true, shown: true } });
    expect(app.core.callsOf('show')).toHaveLength(1);
  });
});

describe('every command', () => {
  it('says clearly when the app’s folder can’t be trusted', async () => {
    await start();
    await chmod(dirname(app.path), 0o755);
    expect(await json(['list'])).toMatchObject({ code: 1, document: { error: { code: 'socket-folder-unsafe' } } });
    await rm(dirname(app.path), { recursive: true });
  });
});
