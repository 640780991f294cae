import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../mcp/app.ts';
import { changed, exampleText } from '../providers/described/example.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { type Ended, Program } from './program.ts';

/** util-linux's `script` gives a real pseudo-terminal. */
const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

let bridge: BuiltBridge;
let app: App;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

function run(...args: string[]): Promise<Ended> {
  const program = new Program(bridge, app.home, ['services', ...args]);
  program.child.stdin.end();
  return program.ended;
}

async function json(...args: string[]): Promise<{ code: number | null; document: unknown }> {
  const { code, stdout } = await run(...args, '--json');
  return { code, document: JSON.parse(stdout) };
}

async function fileWith(text: string): Promise<string> {
  const file = join(app.home, 'service.json');
  await writeFile(file, text);
  return file;
}

/** `rekey services …` with a person at the terminal. */
function atTerminal(...args: string[]): ChildProcessWithoutNullStreams {
  const command = [process.execPath, bridge.program, 'services', ...args].map((word) => `'${word}'`).join(' ');
  const env = { PATH: process.env.PATH, HOME: app.home, REKEY_HOME: app.home, TERM: 'xterm' };
  return spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env });
}

/** What it shows until its end, answering each question with the next of the words. */
async function talk(
  child: ChildProcessWithoutNullStreams,
  ...answers: string[]
): Promise<{ code: number; shown: string }> {
  let shown = '';
  const left = [...answers];
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (shown.includes('to go on: ') && left.length > 0) child.stdin.write(`${left.shift()}\r`);
  });
  const [code] = await once(child, 'close');
  return { code, shown };
}

describe('`rekey services`', () => {
  it('says how to begin where there is none', async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: 'No service is described yet: see `rekey services example`.\n',
      stderr: '',
    });
    expect(await json()).toEqual({ code: 0, document: { services: [], broken: [] } });
  });

  it('lists the examples, and prints one that can be taken as it is', async () => {
    const { stdout } = await run('example');
    expect(stdout).toMatch(/^in-place {2}.*\noverlap {3}.*\nby-hand {3}.*\n\nPrint one with/);
    expect((await run('example', 'overlap')).stdout).toBe(exampleText('overlap'));
    const file = await fileWith((await run('example', 'by-hand')).stdout);
    expect(await run('check', file)).toEqual({
      code: 0,
      stdout: `${file} describes “Lantern Search”. Rekey can use it.\n`,
      stderr: '',
    });
  });

  it('tells line by line what is wrong with a file, in text and in JSON, and repeats nothing of it', async () => {
    const text = changed('in-place', { id: 'sk-live-CANARY', version: 2, strategy: 'in-place' });
    const file = await fileWith(text);
    const { code, stdout } = await run('check', file);
    expect([code, stdout]).toEqual([
      1,
      `${file}:2: version: must be 1\n${file}:3: id: must be small letters, digits and dashes\n`,
    ]);
    expect(await json('check', file)).toEqual({
      code: 1,
      document: {
        file,
        id: null,
        name: null,
        replaces: false,
        problems: [
          { line: 2, field: 'version', message: 'must be 1' },
          { line: 3, field: 'id', message: 'must be small letters, digits and dashes' },
        ],
      },
    });
  });

  it('adds nothing that is wrong', async () => {
    const file = await fileWith('{ "version": 1');
    expect(await run('add', file)).toMatchObject({
      code: 1,
      stdout: `${file}:1: a } is missing\nNothing was stored.\n`,
    });
    expect(app.core.callsOf('saveService')).toEqual([]);
  });

  it('lets no script add or remove one', async () => {
    const file = await fileWith(exampleText('by-hand'));
    expect(await json('add', file)).toMatchObject({ code: 1, document: { error: { code: 'call-not-allowed' } } });
    expect(await json('remove', 'lantern-search', '--yes')).toMatchObject({
      code: 1,
      document: { error: { code: 'call-not-allowed' } },
    });
    expect(await json('remove', 'lantern-search')).toMatchObject({ code: 2 });
  });

  it('says which file can’t be read', async () => {
    await mkdir(join(app.home, 'folder.json'));
    for (const [name, why] of [
      ['nowhere.json', 'ENOENT'],
      ['folder.json', 'EISDIR'],
    ] as const) {
      const { code, stderr } = await run('check', join(app.home, name));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${name} can’t be read as a description (${why})`)]);
    }
    const long = await fileWith(' '.repeat(250_000));
    expect((await run('check', long)).stderr).toContain('it is too long');
  });

  it.each([
    [['nonsense']],
    [['add']],
    [['check']],
    [['remove']],
    [['check', 'a', 'b']],
    [['check', 'a', '--replace']],
    [['add', 'a', '--yes']],
    [['--yes']],
    [['example', 'nonsense']],
  ])('%j is wrong use', async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^rekey: .+\n.+\n$/);
  });

  it.skipIf(!hasScript)('lets a person at a terminal add, replace, see and remove one', async () => {
    const file = await fileWith(exampleText('by-hand'));
    const added = await talk(atTerminal('add', file));
    expect(added.code).toBe(0);
    expect(added.shown).toContain(
      '“Lantern Search” is there now: put a key of it in with `rekey add NAME --provider lantern-search`.',
    );
    expect((await run()).stdout).toMatch(/^ID .*\nlantern-search {2}Lantern Search {2}by hand {2}verifies\n$/);
    expect(await talk(atTerminal('add', file))).toMatchObject({
      code: 1,
      shown: expect.stringContaining('there already'),
    });
    expect(await talk(atTerminal('add', file, '--replace'))).toMatchObject({ code: 0 });
    expect(await talk(atTerminal('remove', 'lantern-search'), 'no')).toMatchObject({ code: 2 });
    const removed = await talk(atTerminal('remove', 'lantern-search'), 'yes');
    expect(removed).toMatchObject({
      code: 0,
      shown: expect.stringContaining('Removed the description of “Lantern Search”.'),
    });
    expect(await talk(atTerminal('remove', 'lantern-search', '--yes'))).toMatchObject({ code: 1 });
    expect(app.core.callsOf('removeService').map(({ caller }) => caller.carrier)).toEqual(['terminal', 'terminal']);
  });
});
