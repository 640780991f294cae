import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type App, startApp } from '../mcp/app.ts';
import { NEW_FINGERPRINT, NEW_KEY, REFUSED_KEY, type Script } from '../mcp/scripted-core.ts';
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

async function start(script: Script = {}): Promise<void> {
  app = await startApp(script);
}

function run(args: readonly string[], stdin = ''): Promise<Ended> {
  const program = new Program(bridge, app.home, args);
  program.child.stdin.end(stdin);
  return program.ended;
}

async function json(args: readonly string[], stdin = ''): Promise<{ code: number | null; document: unknown }> {
  const { code, stdout } = await run([...args, '--json'], stdin);
  return { code, document: JSON.parse(stdout) };
}

function atTerminal(...args: readonly string[]): Session {
  return new Session(app.home, [bridge.program, ...args]);
}

/** Rotates without a person, and gives what the command printed as JSON. */
async function rotated(...args: readonly string[]): Promise<Rotation> {
  const { document } = await json(['rotate', 'work', '--confirm', 'rotate-now', ...args]);
  return document as Rotation; // `--json` of a rotation prints just that
}

describe('rekey rotate --by-hand', () => {
  it('in a script waits for the key, exits with 1 and names the command that takes it', async () => {
    await start();
    const { code, stdout } = await run(['rotate', 'work', '--by-hand', '--confirm', 'rotate-now']);
    expect(code).toBe(1);
    expect(stdout).toContain('Waiting for the new key, which you make on the page of the service\n');
    expect(stdout).toContain('What you can do:\n  paste the new key that you have made: rekey adopt work\n');
    expect(stdout).toContain('  give it up: rekey give-up work\n');
    expect(app.core.callsOf('requestRotation')[0]?.input).toEqual({ credential: 'work', byHand: true });
  });

  it.skipIf(!hasScript)('at a terminal asks for the key at once, hidden, with the page where it is made', async () => {
    await start();
    const session = atTerminal('rotate', 'work', '--by-hand');
    await session.sees('Type work or rotate-now');
    expect(session.shown).toContain('Rotate “work” by hand at BitScale');
    session.type('work\r');
    await session.sees('New key (it is not shown): ');
    expect(session.shown).toContain('on the page of BitScale: https://example.com/keys. Leave the old one as it is.');
    session.type(`${NEW_KEY}\r`);
    expect(await session.ended).toBe(0);
    expect(session.shown).not.toContain(NEW_KEY);
    expect(session.shown).toContain('“work” has a new key.');
    expect(app.core.callsOf('adoptKey')).toMatchObject([{ input: { key: NEW_KEY }, caller: { carrier: 'terminal' } }]);
  });
});

describe('rekey adopt', () => {
  it('takes the key of a lost rotation from stdin, and does all the rest', async () => {
    await start({ outcome: 'lost' });
    const lost = await rotated();
    const { code, stdout } = await run(['adopt', 'work'], `${NEW_KEY}\n`);
    expect(code).toBe(0);
    expect(stdout).toContain(`“work” has a new key.\n  new key: ${NEW_FINGERPRINT} (fingerprint)\n`);
    expect(stdout).not.toContain(NEW_KEY);
    expect(app.core.callsOf('adoptKey')[0]?.input).toMatchObject({ id: lost.id, key: NEW_KEY });
    expect(app.core.callsOf('requestRotation')).toHaveLength(1);
  });

  it('takes what the service shows with the key: secrets in further lines, and what the key has its own of', async () => {
    const companions = [
      { name: 'hmac_secret', envName: 'HMAC_SECRET' },
      { name: 'other', envName: 'OTHER' },
    ];
    await start({ outcome: 'lost', companions });
    await rotated();
    const { code, stdout } = await run(['adopt', 'work', '--setting', 'key_id=7'], `${NEW_KEY}\nhm-new\n\n`);
    expect(code).toBe(0);
    expect(stdout).not.toContain('hm-new');
    expect(app.core.callsOf('adoptKey')[0]?.input).toMatchObject({
      key: NEW_KEY,
      companions: { hmac_secret: 'hm-new' },
      settings: { key_id: '7' },
    });
  });

  it('is not taken for several keys: more lines than secrets are refused, and nothing is sent', async () => {
    await start({ outcome: 'lost' });
    await rotated();
    const { code, stderr } = await run(['adopt', 'work'], `${NEW_KEY}\nanother-line\n`);
    expect(code).toBe(2);
    expect(stderr).toContain('There are more than 1 lines on stdin.');
    expect(stderr).not.toContain('another-line');
    expect(app.core.callsOf('adoptKey')).toEqual([]);
  });

  it('takes a rotation by its id, and the name in any case', async () => {
    await start({ outcome: 'lost' });
    const { id } = await rotated();
    expect(await json(['adopt', id], NEW_KEY)).toMatchObject({ code: 0, document: { id, outcome: 'done' } });
    await app.close();
    await start({ outcome: 'lost' });
    await rotated();
    expect((await run(['adopt', 'WORK'], NEW_KEY)).code).toBe(0);
  });

  it('asks for a rotation by hand first when none waits for a key', async () => {
    await start();
    const { code, document } = await json(['adopt', 'work', '--confirm', 'rotate-now'], NEW_KEY);
    expect(code).toBe(0);
    expect(document).toMatchObject({ way: 'by-hand', outcome: 'done', revocation: { by: 'person', state: 'due' } });
    expect(app.core.callsOf('requestRotation')[0]?.input).toEqual({ credential: 'work', byHand: true });
  });

  it('does not take up a lost rotation that a later one has made good', async () => {
    await start({ outcome: 'lost' });
    const lost = await rotated();
    await run(['adopt', 'work'], NEW_KEY);
    const { document } = await json(['adopt', 'work', '--confirm', 'rotate-now'], NEW_KEY);
    expect((document as Rotation).id).not.toBe(lost.id);
  });

  it('keeps waiting when the service refuses the key, which is taken only when told so', async () => {
    await start({ outcome: 'lost' });
    await rotated();
    const refused = await run(['adopt', 'work'], REFUSED_KEY);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('The service does not accept this key.');
    expect(refused.stderr).not.toContain(REFUSED_KEY);
    expect((await run(['adopt', 'work', '--even-if-refused'], REFUSED_KEY)).code).toBe(0);
  });

  it('never takes a key as an argument, nor an empty one', async () => {
    await start({ outcome: 'lost' });
    await rotated();
    for (const args of [
      ['adopt', 'work', NEW_KEY],
      ['adopt', 'work', '--key', NEW_KEY],
    ]) {
      const { code, stdout, stderr } = await run(args);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(NEW_KEY);
    }
    expect((await run(['adopt', 'work'], '\n')).code).toBe(2);
    expect(app.core.callsOf('adoptKey')).toEqual([]);
  });
});

describe('rekey give-up', () => {
  it('is not for scripts', async () => {
    await start();
    await rotated('--by-hand');
    expect(await json(['give-up', 'work'])).toMatchObject({ code: 2, document: { error: { code: 'wrong-use' } } });
    expect(app.core.latest?.outcome).toBeNull();
  });

  it('says when there is nothing to give up', async () => {
    await start();
    await rotated();
    expect(await json(['give-up', 'work'])).toMatchObject({ code: 1, document: { error: { code: 'not-offered' } } });
  });

  it.skipIf(!hasScript)('ends a rotation that waits after a yes, and leaves it without one', async () => {
    await start();
    await rotated('--by-hand');
    for (const [typed, code, outcome] of [
      ['y', 2, null],
      ['yes', 0, 'given-up'],
    ] as const) {
      const session = atTerminal('give-up', 'work');
      await session.sees('Type yes to go on');
      expect(session.shown).toContain('Give the rotation of “work” up?');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
      expect(app.core.latest?.outcome).toBe(outcome);
    }
  });
});

describe('rekey restart', () => {
  it('says when no program runs with the old key', async () => {
    await start();
    await rotated();
    for (const host of [[], ['cursor']]) {
      const { code, stderr } = await run(['restart', 'work', ...host]);
      expect(code).toBe(1);
      expect(stderr).toContain('runs with the old key of “work”. Nothing was changed.');
    }
  });

  it.skipIf(!hasScript)('quits a program and starts it again after a yes', async () => {
    await start({ hostIsDesktopApp: true });
    const { id } = await rotated();
    for (const [words, typed, code] of [
      [[], 'no', 2],
      [['claude'], 'yes', 0],
    ] as const) {
      const session = atTerminal('restart', 'work', ...words);
      await session.sees('Type yes to go on');
      expect(session.shown).toContain('Quit Claude and start it again?');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
    }
    expect(app.core.callsOf('restartHost')).toMatchObject([
      { input: { id, host: 'claude' }, caller: { carrier: 'terminal' } },
    ]);
  });
});

describe('rekey revoke', () => {
  it('says when there is no old key to revoke', async () => {
    await start();
    await rotated();
    const { code, stderr } = await run(['revoke', 'work']);
    expect(code).toBe(1);
    expect(stderr).toContain('“work” has no old key that still works and could be revoked.');
  });

  it('refuses while files hold the old key, and names them', async () => {
    await start({ oldKeyEndedBy: 'rekey', outcome: 'done-in-part' });
    await rotated();
    const { code, stderr } = await run(['revoke', 'work']);
    expect(code).toBe(2);
    expect(stderr).toContain('claude_desktop_config.json');
    expect(stderr).toContain('--skip-left');
    expect(app.core.callsOf('revokeOldKey')).toEqual([]);
  });

  it.skipIf(!hasScript)('revokes after a yes, also when files are left and the person says so', async () => {
    await start({ oldKeyEndedBy: 'rekey', outcome: 'done-in-part' });
    const { id } = await rotated();
    for (const [typed, code] of [
      ['no', 2],
      ['yes', 0],
    ] as const) {
      const session = atTerminal('revoke', 'work', '--skip-left');
      await session.sees('Type yes to go on');
      expect(session.shown).toContain('Revoke the old key of “work” at BitScale now?');
      expect(session.shown).toContain('claude_desktop_config.json');
      session.type(`${typed}\r`);
      expect(await session.ended).toBe(code);
    }
    expect(app.core.callsOf('revokeOldKey')).toMatchObject([
      { input: { id, skipLeft: true }, caller: { carrier: 'terminal' } },
    ]);
    expect(app.core.latest?.sites.map(({ state }) => state)).toEqual(['skipped']);
  });

  it.skipIf(!hasScript)('asks whether it was done where the person has to do it on the page', async () => {
    await start({ oldKeyEndedBy: 'person' });
    await rotated();
    const session = atTerminal('revoke', 'work');
    await session.sees('Have you revoked the old key of “work” on the page of BitScale?');
    session.type('yes\r');
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('The person has revoked the old key.');
  });
});

describe('rekey undo', () => {
  it('asks for the way back by the rotation that is undone, and follows it', async () => {
    await start({ oldKeyEndedBy: 'rekey' });
    const { id, target } = await rotated();
    const { code, stdout } = await run(['undo', 'work', '--confirm', 'rotate-now']);
    expect(code).toBe(0);
    expect(app.core.callsOf('requestRotation')[1]?.input).toEqual({ credential: target.id, undo: id });
    expect(stdout).toContain('Took the earlier key from the keychain\n');
    expect(stdout).toContain('“work” is back at its earlier key.');
  });

  it('says when there is no way back', async () => {
    await start();
    await rotated();
    expect(await json(['undo', 'work'])).toMatchObject({ code: 1, document: { error: { code: 'not-offered' } } });
    expect(app.core.callsOf('requestRotation')).toHaveLength(1);
  });
});

describe('rekey copy-new', () => {
  it('is not for scripts, and says when nothing is in memory only', async () => {
    await start({ waitsOn: 'keychain', inMemory: true });
    await rotated();
    expect(await json(['copy-new', 'work'])).toMatchObject({
      code: 1,
      document: { error: { code: 'call-not-allowed' } },
    });
    await app.close();
    await start({ waitsOn: 'keychain' });
    await rotated();
    expect(await json(['copy-new', 'work'])).toMatchObject({ code: 1, document: { error: { code: 'not-offered' } } });
  });

  it.skipIf(!hasScript)('copies, and says when the clipboard is cleared', async () => {
    await start({ waitsOn: 'keychain', inMemory: true });
    const { id } = await rotated();
    const session = atTerminal('copy-new', 'work');
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('cleared after 30 seconds');
    expect(app.core.callsOf('copyNewKey').map(({ input }) => input)).toEqual([{ id }]);
  });
});

describe('--grace', () => {
  const grace = { choices: [0, 60, 1_440, 10_080], default: 0 };

  it.each([
    ['0', 0],
    ['60m', 60],
    ['1h', 60],
    ['1d', 1_440],
    ['7d', 10_080],
    ['1w', 10_080],
  ])('%s is given on with the approval', async (given, graceMinutes) => {
    await start({ grace });
    expect(await rotated('--grace', given)).toMatchObject({ graceMinutes });
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ graceMinutes });
  });

  it.each(['soon', '1y', '-1h', '1.5h', ''])('“%s” is wrong use, and nothing is asked for', async (given) => {
    await start({ grace });
    expect((await run(['rotate', 'work', `--grace=${given}`])).code).toBe(2);
    expect(app.core.calls).toEqual([]);
  });

  it('that the service does not offer is refused in the words of the app', async () => {
    await start({ grace });
    expect(await json(['rotate', 'work', '--confirm', 'rotate-now', '--grace', '2h'])).toMatchObject({
      code: 1,
      document: { error: { code: 'approval-grace-refused' } },
    });
  });

  it('left out in a script is what the service has by default', async () => {
    await start({ grace });
    expect(await rotated()).toMatchObject({ graceMinutes: 0 });
    expect(app.core.callsOf('approve')[0]?.input).not.toHaveProperty('graceMinutes');
  });

  it.skipIf(!hasScript).each([
    ['3', 1_440],
    ['', 0],
  ])('is asked for at a terminal: “%s”', async (typed, graceMinutes) => {
    await start({ grace });
    const session = atTerminal('rotate', 'work');
    await session.sees('Number, or Enter for the default: ');
    expect(session.shown).toContain('1  not at all (by default)');
    expect(session.shown).toContain('4  1 week');
    session.type(`${typed}\r`);
    await session.sees('Type work or rotate-now');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ graceMinutes });
  });
});

describe.skipIf(!hasScript)('the question for the time that the old key works on', () => {
  it('is put again after an answer that is none', async () => {
    await start({ grace: { choices: [0, 60], default: 0 } });
    const session = atTerminal('rotate', 'work');
    await session.sees('Number, or Enter for the default: ');
    session.type('9\r');
    await session.sees('That is none of these.');
    session.type('2\r');
    await session.sees('Type work or rotate-now');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(app.core.callsOf('approve')[0]?.input).toMatchObject({ graceMinutes: 60 });
  });

  it('is not put where the service leaves no choice, nor when the option has answered it', async () => {
    await start();
    const plain = atTerminal('rotate', 'work');
    await plain.sees('Type work or rotate-now');
    plain.type('no\r');
    expect(await plain.ended).toBe(1);
    await app.close();
    await start({ grace: { choices: [0, 60], default: 0 } });
    const answered = atTerminal('rotate', 'work', '--grace', '1h');
    await answered.sees('Type work or rotate-now');
    answered.type('no\r');
    expect(await answered.ended).toBe(1);
    expect(plain.shown + answered.shown).not.toContain('Number, or Enter');
  });
});

describe('rekey status', () => {
  it('tells of keys from before that still work, by name and in all', async () => {
    await start({ oldKeyEndedBy: 'rekey', grace: { choices: [0, 60], default: 60 } });
    const { id } = await rotated();
    const words = /The old key works until 20\d\d-\d\d-\d\d .*; then Rekey revokes it\./;
    const all = await run(['status']);
    expect(all.stdout).toContain(`Keys from before that still work:\n  “work” (${id}): The old key works until`);
    const one = await run(['status', 'work']);
    expect(one.stdout).toMatch(words);
    expect(one.stdout).toContain('revoke the old key now, or say that you have: rekey revoke work\n');
    expect(one.stdout).toContain('go back to the old key: rekey undo work\n');
    expect(await json(['status'])).toMatchObject({ document: { oldKeys: [{ id }], lost: [] } });
  });

  it('names a lost rotation until there is a later one', async () => {
    await start({ outcome: 'lost' });
    const { id } = await rotated();
    expect((await run(['status'])).stdout).toContain(`Lost, for you to make a new one:\n  ${id}: `);
    await run(['adopt', 'work'], NEW_KEY);
    expect((await run(['status'])).stdout).not.toContain('Lost');
  });

  it('names a key by its id where the shell would take its name apart', async () => {
    await start({ names: ['my key'], outcome: 'lost' });
    const { document } = await json(['rotate', 'my key', '--confirm', 'rotate-now']);
    const { id } = document as Rotation;
    expect((await run(['status', 'my key'])).stdout).toContain(`rekey adopt ${id}`);
  });

  it('of a name that has no rotation, and of none, says so', async () => {
    await start();
    for (const ref of ['work', 'nobody'])
      expect(await json(['status', ref])).toMatchObject({ code: 1, document: { error: { code: 'rotation-unknown' } } });
  });
});

describe('rekey resume', () => {
  it('takes the name of the key too', async () => {
    await start({ waitsOn: 'keychain' });
    await rotated();
    expect(await json(['resume', 'work'])).toMatchObject({ code: 0, document: { outcome: 'done' } });
    expect(await json(['resume', 'work'])).toMatchObject({ code: 1, document: { error: { code: 'not-offered' } } });
  });
});
