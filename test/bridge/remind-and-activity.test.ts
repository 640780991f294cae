import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../mcp/app.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { type Ended, Program } from './program.ts';
import { hasScript, Session } from './session.ts';

let bridge: BuiltBridge;
let app: App;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
afterEach(() => app.close());

function run(args: readonly string[]): Promise<Ended> {
  const program = new Program(bridge, app.home, args);
  program.child.stdin.end();
  return program.ended;
}

describe('rekey list', () => {
  it('says how old each key is and when it is due', async () => {
    app = await startApp({});
    expect((await run(['list'])).stdout).toMatch(/AGE {4}DUE\nwork .* never {4}1 day {2}off\n$/);
  });
});

describe('rekey remind', () => {
  it.each([['off'], ['30'], ['default'], ['later']])('“%s” is refused where no person is', async (when) => {
    app = await startApp({});
    expect(await run(['remind', 'work', when])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'rekey: That can’t be done from here. Nothing was changed.\nDo it in Rekey’s own window or page.\n',
    });
  });
});

describe.skipIf(!hasScript)(`at a terminal${hasScript ? '' : ' (util-linux script is missing)'}`, () => {
  it.each([
    ['off', 0, 'Rekey does not remind you to rotate “work”.'],
    ['30', 30, '“work” is 1 day old and due to be rotated.'],
    ['90', 90, '“work” is 1 day old and due to be rotated on 2026-08-23.'],
    ['default', null, '“work” is 1 day old and due to be rotated on 2026-08-23, as the settings say.'],
  ] as const)('`rekey remind work %s` is a person’s choice, told in a sentence', async (when, everyDays, says) => {
    app = await startApp({});
    const session = new Session(app.home, [bridge.program, 'remind', 'work', when]);
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain(says);
    expect(app.core.callsOf('setReminder')).toMatchObject([
      { input: { credential: 'work', everyDays }, caller: { carrier: 'terminal' } },
    ]);
  });

  it('`rekey remind work later` puts it off', async () => {
    app = await startApp({});
    const session = new Session(app.home, [bridge.program, 'remind', 'work', 'later']);
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('Rekey reminds you of “work” in a week.');
    expect(app.core.callsOf('snoozeReminder')).toMatchObject([{ input: { credential: 'work' } }]);
  });

  it('`rekey settings --rotate-every` sets it for all keys', async () => {
    app = await startApp({});
    const session = new Session(app.home, [bridge.program, 'settings', '--rotate-every', 'off']);
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('Reminders to rotate: off');
    expect(app.core.callsOf('changeSettings')).toMatchObject([{ input: { rotateEveryDays: 0 } }]);
  });

  it('a table that is shown there does not move the cursor', async () => {
    app = await startApp({});
    const session = new Session(app.home, [bridge.program, 'activity', 'work', '--csv']);
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('"work\\u001b"');
    expect(session.shown).not.toContain('\u001b');
  });
});

describe('rekey activity', () => {
  it('tells place by place what became of a rotation', async () => {
    app = await startApp({});
    expect((await run(['activity'])).stdout.replaceAll(/ +/g, ' ')).toContain(
      [
        ' rotation-ended wallet rekey done-in-part',
        ' Cursor new key: /home/me/.cursor/mcp.json, line 6',
        ' Zed left to do: /home/me/zed.json, line 9 (file-not-writable)',
      ].join('\n'),
    );
  });

  it('is that of one key where it is named', async () => {
    app = await startApp({});
    const { stdout } = await run(['activity', 'wallet', '--limit', '7', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ credential: 'wallet', rotation: { id: 'r1' } }]);
    expect(app.core.callsOf('listActivity')[0]?.input).toEqual({ limit: 7, credential: 'wallet' });
  });

  it('goes into a file as CSV byte by byte', async () => {
    app = await startApp({});
    const lines = 'at,credential\r\n2026-05-25T10:00:00.000Z,"work\u001b"\r\n';
    expect(await run(['activity', 'work', '--csv'])).toEqual({ code: 0, stdout: lines, stderr: '' });
    expect(JSON.parse((await run(['activity', 'work', '--csv', '--json'])).stdout)).toEqual({ csv: lines });
  });
});
