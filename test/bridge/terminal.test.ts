import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../mcp/app.ts';
import { NEW_KEY, type Script } from '../mcp/scripted-core.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { hasScript, Session as TerminalSession } from './session.ts';

let bridge: BuiltBridge;
let app: App;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
afterEach(() => app.close());

/** `rekey` in a terminal with a person at it. */
class Session extends TerminalSession {
  constructor(args: readonly string[]) {
    super(app.home, [bridge.program, ...args]);
  }
}

async function start(script: Script = {}): Promise<void> {
  app = await startApp(script);
}

describe.skipIf(!hasScript)(`at a terminal${hasScript ? '' : ' (util-linux script is missing)'}`, () => {
  it('a typed key is not shown, and backspace takes a character back', async () => {
    await start();
    const session = new Session(['add', 'new', '--provider', 'bitscale']);
    await session.sees('Key (it is not shown): ');
    session.type(`${NEW_KEY}x\u007f\r`);
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('addCredential')[0]?.input).toMatchObject({ key: NEW_KEY });
    expect(session.shown).not.toContain('new-key');
    expect(session.shown).toContain('Added “new”');
  });

  it('a person changes the settings, with folders below the working directory', async () => {
    await start({ projectFolders: ['/srv/old/', '/srv/kept'] });
    const folders = ['--add-folder', 'shop', '--add-folder', '/srv/site/', '--remove-folder', '/srv/old'];
    const session = new Session(['settings', '--scripts', 'off', ...folders]);
    expect(await session.ended).toBe(0);
    const projectFolders = ['/srv/kept', join(process.cwd(), 'shop'), '/srv/site'];
    expect(app.core.callsOf('changeSettings')).toMatchObject([
      { input: { allowScriptedConfirmation: false, projectFolders }, caller: { carrier: 'terminal' } },
    ]);
    expect(session.shown).toContain('Confirmation by scripts: off');
    for (const folder of projectFolders) expect(session.shown).toContain(`  ${folder}\r\n`);
    expect(await new Session(['settings', '--scripts', 'on']).ended).toBe(0);
    expect(app.core.callsOf('changeSettings')[1]?.input).toEqual({ allowScriptedConfirmation: true });
    const chinese = new Session(['settings', '--language', 'zh-CN']);
    expect(await chinese.ended).toBe(0);
    expect(app.core.callsOf('changeSettings')[2]?.input).toEqual({ language: 'zh-CN' });
    expect(chinese.shown).toContain('Language of the pages: zh-CN');
  });

  it('Ctrl-C at the prompt ends without a call', async () => {
    await start();
    const session = new Session(['add', 'new', '--provider', 'bitscale']);
    await session.sees('Key (it is not shown): ');
    session.type('sk-live\u0003');
    expect(await session.ended).toBe(1);
    expect(session.shown).toContain('Interrupted.');
    expect(app.core.callsOf('addCredential')).toEqual([]);
  });

  it('a person is shown which version would be put back, and nothing happens without their yes', async () => {
    await start();
    const file = '/home/me/.config/Claude/claude_desktop_config.json';
    for (const [typed, code, calls] of [
      ['y', 2, 0],
      ['yes', 0, 1],
    ] as const) {
      const session = new Session(['restore', file, '--at', '2026-05-20T08:00:00.000Z']);
      await session.sees('Type yes to go on');
      expect(session.shown.replaceAll(/\s+/g, ' ')).toMatch(
        /Put .*claude_desktop_config\.json back as it was at 2026-05-20 .*\(300 bytes\)\?/,
      );
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
      expect(app.core.callsOf('restoreBackup')).toHaveLength(calls);
    }
    expect(app.core.callsOf('restoreBackup')).toMatchObject([
      { input: { file, at: '2026-05-20T08:00:00.000Z', asItWas: false }, caller: { carrier: 'terminal' } },
    ]);
  });

  it('a new passphrase is typed twice, and must be the same', async () => {
    await start({ keychain: { kind: null, status: 'absent', problem: null } });
    const session = new Session(['keychain', 'file']);
    await session.sees('Passphrase');
    session.type('correct horse\r');
    await session.sees('Once more');
    session.type('correct hose\r');
    expect(await session.ended).toBe(2);
    expect(app.core.callsOf('chooseKeychain')).toEqual([]);

    const again = new Session(['keychain', 'file']);
    await again.sees('Passphrase');
    again.type('correct horse\r');
    await again.sees('Once more');
    again.type('correct horse\r');
    expect(await again.ended).toBe(0);
    expect(app.core.callsOf('chooseKeychain')[0]?.input).toEqual({ kind: 'file', passphrase: 'correct horse' });
  });

  it.each(['work', 'rotate-now'])('a rotation shows its plan in colour and goes on when %s is typed', async (word) => {
    await start();
    const session = new Session(['rotate', 'work']);
    await session.sees('Type work or rotate-now');
    expect(session.shown).toContain('\u001b[31m  - "BITSCALE_API_KEY"');
    session.type(`${word}\r`);
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('“work” has a new key.');
    expect(app.core.callsOf('approve')[0]?.caller.carrier).toBe('terminal');
  });

  it.each([
    ['y', ['claude']],
    ['', ['claude']],
    ['n', []],
  ])('an app that would write the old key back is asked about first: “%s”', async (typed, restartHosts) => {
    await start({ desktopApp: true });
    const session = new Session(['rotate', 'work']);
    await session.sees('Quit Claude and start it again? [Y/n]');
    expect(session.shown).toContain('Claude keeps the old key in memory and would write it back.');
    session.type(`${typed}\r`);
    await session.sees('Type work or rotate-now');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts });
  });

  it.each([
    ['--restart-hosts', ['claude']],
    ['--no-restart-hosts', []],
  ])('an app is not asked about with %s', async (option, restartHosts) => {
    await start({ desktopApp: true });
    const session = new Session(['rotate', 'work', option]);
    await session.sees('Type work or rotate-now');
    expect(session.shown).not.toContain('[Y/n]');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts });
  });

  it('a program in a terminal that would write the old key back is told of, and not asked about', async () => {
    await start();
    const session = new Session(['rotate', 'work']);
    await session.sees('Type work or rotate-now');
    expect(session.shown).toContain('Claude keeps the old key in memory: end it before you confirm');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts: [] });
  });

  it('a rotation is taken back when anything else is typed', async () => {
    await start();
    const session = new Session(['rotate', 'work']);
    await session.sees('Type work or rotate-now');
    session.type('y\r');
    expect(await session.ended).toBe(1);
    expect(session.shown).toContain('Nothing was changed.');
    expect(app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('a rotation is taken back by Ctrl-C at the question', async () => {
    await start();
    const session = new Session(['rotate', 'work']);
    await session.sees('Type work or rotate-now');
    session.type('\u0003');
    expect(await session.ended).toBe(1);
    expect(app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('a rotation that is confirmed elsewhere meanwhile goes on by itself', async () => {
    await start();
    const session = new Session(['rotate', 'work']);
    await session.sees('Type work or rotate-now');
    await app.core.approveAsPerson();
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('“work” has a new key.');
  });

  it('`approve` shows who asked and the plan, and asks', async () => {
    await start();
    const asking = new Session(['rotate', 'work']);
    const { id } = await app.core.waiting();
    const session = new Session(['approve', id]);
    await session.sees('Type work or rotate-now');
    expect(session.shown).toContain('Asked by command-line (');
    expect(session.shown).toContain('The old key stops working at once.');
    session.type('work\r');
    expect(await Promise.all([session.ended, asking.ended])).toEqual([0, 0]);
  });

  it('`approve` asks about an app that would write the old key back', async () => {
    await start({ desktopApp: true });
    const asking = new Session(['rotate', 'work']);
    const { id } = await app.core.waiting();
    const session = new Session(['approve', id]);
    await session.sees('Quit Claude and start it again? [Y/n]');
    session.type('n\r');
    await session.sees('Type work or rotate-now');
    session.type('work\r');
    expect(await Promise.all([session.ended, asking.ended])).toEqual([0, 0]);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ restartHosts: [] });
  });

  it('Ctrl-C in `serve` is the shell’s to answer, also a second time', async () => {
    await start();
    await app.server.close();
    await writeFile(
      join(dirname(bridge.program), 'browser.mjs'),
      `let times = 0;
       process.on('SIGINT', () => { console.log('told ' + ++times); if (times === 2) setTimeout(() => process.exit(0), 100); });
       console.log('shell');
       setInterval(() => {}, 1_000);`,
    );
    const session = new Session(['serve', '--no-open']);
    await session.sees('shell');
    session.type('\u0003');
    await session.sees('told 1');
    session.type('\u0003');
    await session.sees('told 2');
    expect(await session.ended).toBe(0);
  });

  it('`remove` asks for the name', async () => {
    await start({ names: ['work', 'home'] });
    for (const [word, code] of [
      ['home', 2],
      ['work', 0],
    ] as const) {
      const session = new Session(['remove', 'work']);
      await session.sees('Type the name to go on');
      session.type(`${word}\r`);
      expect(await session.ended).toBe(code);
    }
    expect(app.core.callsOf('removeCredential').map(({ input }) => input)).toEqual([{ credential: 'work' }]);
  });

  it('`scan` offers each key that could be rotated, keeps it under the name that is typed, and leaves it on Enter', async () => {
    await start();
    const session = new Session(['scan']);
    await session.sees('Name to keep it under, or Enter to leave it: ');
    expect(session.shown).toContain('line 12');
    session.type('staging\r');
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('Took in “staging” (BitScale, ');
    const leaving = new Session(['scan']);
    await leaving.sees('Enter to leave it: ');
    leaving.type('\r');
    expect(await leaving.ended).toBe(0);
    expect(leaving.shown).toContain('No key was taken in.');
    expect(app.core.callsOf('takeIn')).toMatchObject([
      { input: { finding: 'fresh', name: 'staging', provider: 'bitscale' }, caller: { carrier: 'terminal' } },
    ]);
  });

  it('`scan` keeps a key that the service refuses only after a yes', async () => {
    await start();
    for (const [typed, calls] of [
      ['no', 1],
      ['yes', 3],
    ] as const) {
      const session = new Session(['scan']);
      await session.sees('Enter to leave it: ');
      session.type('refused\r');
      await session.sees('Keep it all the same?');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(0);
      expect(app.core.callsOf('takeIn')).toHaveLength(calls);
    }
    expect(app.core.callsOf('takeIn').at(-1)?.input).toMatchObject({ evenIfRefused: true });
  });

  it('`redact` says what it takes out of which file, and does nothing without a yes', async () => {
    await start();
    const file = '/home/me/.config/Claude/claude_desktop_config.json';
    for (const [typed, code] of [
      ['y', 2],
      ['yes', 0],
    ] as const) {
      const session = new Session(['redact', file, 'work', '--also-current']);
      await session.sees('Type yes to go on');
      expect(session.shown).toContain('the earlier key and the present key of “work”');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
    }
    expect(app.core.callsOf('redactKey')).toMatchObject([
      { input: { file, credential: 'work', alsoCurrent: true }, caller: { carrier: 'terminal' } },
    ]);
  });

  it.each([
    ['--patch', 'patchCopy', { credential: 'work' }, 'Put the new key of “work” into'],
    ['--delete', 'deleteCopy', {}, 'It can be restored'],
  ] as const)('`copies %s` names the copies, and does nothing without a yes', async (option, call, input, said) => {
    await start();
    for (const [typed, code, calls] of [
      ['no', 2, 0],
      ['yes', 0, 1],
    ] as const) {
      const session = new Session(['copies', option]);
      await session.sees('Type yes to go on');
      expect(session.shown).toContain('.json.bak');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
      expect(app.core.callsOf(call)).toHaveLength(calls);
      expect(session.shown.includes(said)).toBe(code === 0);
    }
    const path = '/home/me/.config/Claude/claude_desktop_config.json.bak';
    expect(app.core.callsOf(call)[0]).toMatchObject({ input: { path, ...input }, caller: { carrier: 'terminal' } });
  });
});
