import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasScript, Session } from '../bridge/session.ts';

const PROGRAM = join(import.meta.dirname, 'ending-process.ts');

/** The process without a terminal, as a supervisor runs it. */
class Shell {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  said = '';

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [PROGRAM, ...args]);
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
    });
    this.ended = once(this.child, 'close').then(([code]) => code);
  }

  async says(text: string): Promise<void> {
    while (!this.said.includes(text)) await once(this.child.stdout, 'data');
  }
}

const started: (Shell | Session)[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

async function shell(...args: readonly string[]): Promise<Shell> {
  const one = new Shell(...args);
  started.push(one);
  await one.says('runs as');
  return one;
}

/** The same in a terminal, and its own process id. */
async function atTerminal(): Promise<{ session: Session; pid: number }> {
  const session = new Session(tmpdir(), [PROGRAM]);
  started.push(session);
  await session.sees('.\r\n');
  return { session, pid: Number(/runs as (\d+)\./.exec(session.shown)?.[1]) };
}

describe('a shell that is told to end', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends at once by %s when nothing can be lost', async (signal) => {
    const one = await shell();
    one.child.kill('SIGUSR2');
    await one.says('safe');
    one.child.kill(signal);
    expect(await one.ended).toBe(0);
    expect(one.said).toContain('put away');
    expect(one.said).not.toContain('memory only');
  });

  it('says why it stays, how to go on, and ends by itself when nothing can be lost any more', async () => {
    const one = await shell('rotation-1');
    one.child.kill('SIGTERM');
    await one.says('Rekey ends by itself as soon as the key is kept.');
    expect(one.said).toContain('The new key of “work” is in memory only. Copy it.');
    expect(one.said).toContain('`rekey copy-new rotation-1` copies it, `rekey resume rotation-1` tries again.');
    expect(one.said).not.toContain('Ctrl-C');
    one.child.kill('SIGUSR2');
    expect(await one.ended).toBe(0);
  });

  it('stays without a terminal however often it is told, and says so once', async () => {
    const one = await shell();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      one.child.kill(signal);
      await one.says('as soon as the key is kept');
    }
    one.child.kill('SIGUSR2');
    expect(await one.ended).toBe(0);
    expect(one.said.match(/memory only/g)).toHaveLength(1);
    expect(one.said.match(/put away/g)).toHaveLength(1);
  });
});

describe.skipIf(!hasScript)('a shell in a terminal', () => {
  it('asks for the name of the key at the second Ctrl-C, and ends only by that', async () => {
    const { session } = await atTerminal();
    session.type('\u0003');
    await session.sees('Press Ctrl-C again');
    session.type('\u0003');
    await session.sees('Type work to end Rekey and risk that key: ');
    session.type('y\r');
    await session.sees('Rekey stays.');
    session.shown = '';
    session.type('\u0003');
    await session.sees('Type work to end');
    session.type('work\r');
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('put away');
  });

  it('stays when the question is answered by Ctrl-C, and can be asked again', async () => {
    const { session, pid } = await atTerminal();
    session.type('\u0003');
    await session.sees('Press Ctrl-C again');
    session.type('\u0003');
    await session.sees('Type work to end');
    session.type('\u0003');
    await session.sees('Rekey stays.');
    process.kill(pid, 'SIGUSR2');
    expect(await session.ended).toBe(0);
  });

  it('ends while the question stands, when nothing can be lost any more', async () => {
    const { session, pid } = await atTerminal();
    session.type('\u0003');
    await session.sees('Press Ctrl-C again');
    session.type('\u0003');
    await session.sees('Type work to end');
    process.kill(pid, 'SIGUSR2');
    expect(await session.ended).toBe(0);
    expect(session.shown).toContain('put away');
  });
});
