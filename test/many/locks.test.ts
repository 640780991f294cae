import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { ErrorView } from '../../main/errors.ts';
import type { Outcome } from '../../main/rotation/rotation.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { RekeyProcess } from '../sandbox/rekey-process.ts';

const PASSPHRASE = 'correct horse battery';

/** What a child says. */
interface Said {
  readonly ready?: true;
  readonly started?: boolean;
  readonly ended?: Outcome;
  readonly problem?: ErrorView | null;
}

class Child {
  readonly said: Said[] = [];
  readonly process: ChildProcess;

  constructor(home: string, folder: string, passphraseFile: string) {
    this.process = fork(join(import.meta.dirname, 'locks-child.ts'), [home, folder, passphraseFile], {
      env: { PATH: process.env.PATH, HOME: home, NODE_NO_WARNINGS: '1' },
      execArgv: [],
    });
    this.process.on('message', (message: Said) => this.said.push(message));
  }

  async says(what: keyof Said): Promise<Said> {
    for (;;) {
      const found = this.said.find((message) => message[what] !== undefined);
      if (found) return found;
      if (this.process.exitCode !== null) throw new Error('the child has ended');
      await once(this.process, 'message');
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.disconnect();
    await ended;
  }
}

describe('two processes that share a data folder, and nothing but its locks between them', () => {
  let home: string;
  let folder: string;
  let passphraseFile: string;
  let service: FakeBitscale;
  let children: Child[];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
    folder = join(home, 'rekey');
    passphraseFile = join(home, 'passphrase');
    service = await startBitscale();
    children = [];
    await writeFile(passphraseFile, PASSPHRASE, { mode: 0o600 });
    await mkdir(join(home, '.cursor'));
    await writeFile(cursorFile(), cursorText(service.key));
  });
  afterEach(async () => {
    for (const child of children) await child.stop();
    await service.stop();
    await rm(home, { recursive: true, force: true });
  });

  const cursorFile = (): string => join(home, '.cursor', 'mcp.json');
  const cursorText = (key: string): string =>
    `{"mcpServers": {"one": {"command": "npx", "env": {"BITSCALE_API_KEY": "${key}"}}}}\n`;

  /** A request as a person has approved it, from an app that has ended since. */
  async function approved(): Promise<Approval> {
    const app = await RekeyProcess.start(home, {});
    await app.call('chooseKeychain', { kind: 'file', passphrase: PASSPHRASE });
    await app.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
    const asked = await app.call('requestRotation', { credential: 'work' });
    await app.stop();
    return { ...asked, state: 'approved', decidedBy: 'page', decidedAt: asked.createdAt };
  }

  async function startBoth(approval: Approval): Promise<Said[]> {
    children = [1, 2].map(() => new Child(home, folder, passphraseFile));
    await Promise.all(children.map((child) => child.says('ready')));
    for (const child of children) child.process.send(approval);
    return Promise.all(children.map((child) => child.says('started')));
  }

  it('begin one rotation of the key: the other is told, and the service is asked once', async () => {
    // Longer than anybody waits for the lock.
    service.fail({ answersAfterMs: 2_500 });
    const started = await startBoth(await approved());
    const winner = children[started.findIndex((said) => said.started)];
    const refused = started.filter((said) => !said.started);
    expect(refused).toMatchObject([
      {
        problem: {
          code: 'rotation-running',
          message: 'Another process is rotating this key just now. Nothing was changed.',
          wayOut: 'Wait until it is done.',
        },
      },
    ]);
    expect(await winner?.says('ended')).toMatchObject({ ended: 'done' });
    expect(service.rotationRequests).toBe(1);
    expect(await readFile(cursorFile(), 'utf8')).toBe(cursorText(service.key));
    expect(await readdir(join(folder, 'rotations'))).toHaveLength(1);
    await expect.poll(() => readdir(join(folder, 'locks'))).toEqual([]);
  });

  it('do not rotate the key twice when the first is done before the second gives up', async () => {
    const started = await startBoth(await approved());
    const begun = children.filter((_, at) => started[at]?.started);
    const ends = await Promise.all(begun.map((child) => child.says('ended')));
    expect(ends.filter(({ ended }) => ended === 'done')).toHaveLength(1);
    // What the person agreed to was the end of a key that is dead by then.
    for (const { ended, problem } of ends.filter((one) => one.ended !== 'done')) {
      expect({ ended, code: problem?.code }).toEqual({ ended: 'stopped', code: 'plan-changed' });
    }
    for (const { started: yes, problem } of started) if (!yes) expect(problem?.code).toBe('rotation-running');
    expect(service.rotationRequests).toBe(1);
    expect(await readFile(cursorFile(), 'utf8')).toBe(cursorText(service.key));
  });
});
