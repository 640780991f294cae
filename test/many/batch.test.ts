import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../main/approvals/batch.schema.ts';
import type { Carrier } from '../../main/calls/caller.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { addAll, type Held, startServices } from './services.ts';

describe('rotating several credentials together', () => {
  let sandbox: Sandbox;
  let held: Held[];
  let names: string[];

  beforeEach(async () => {
    held = await startServices(1);
    names = held.map(({ name }) => name);
    sandbox = await openSandbox();
    await addAll(sandbox, held);
  });
  afterEach(async () => {
    await sandbox.dispose();
    for (const { service } of held) await service.stop();
  });

  const fileWith = async (name: string, text: string): Promise<string> => {
    const path = join(sandbox.home, name);
    await writeFile(path, text);
    return path;
  };
  const keyOf = (name: string): string => held.find((one) => one.name === name)?.key() ?? '';
  const asked = (batch: Batch): string[] => batch.approvals.map(({ plan }) => plan.target.name);
  const yesTo = ({ batch, approvals }: Batch, of: readonly string[] = names) => ({
    batch,
    approvals: approvals
      .filter(({ plan }) => of.includes(plan.target.name))
      .map(({ id, plan }) => ({ id, planHash: plan.hash })),
  });
  const requests = (): number => held.reduce((sum, { service }) => sum + service.rotationRequests, 0);

  it('asks for each once, whatever they are called by, and rotates those that the person leaves ticked', async () => {
    const [first] = await sandbox.call('listCredentials', {});
    const batch = await sandbox.call('requestRotations', { credentials: [...names, names[0] ?? '', first?.id ?? ''] });
    expect(asked(batch)).toEqual(names);
    const { approvals, failed } = await sandbox.call('approveBatch', yesTo(batch, names.slice(1)));
    expect(failed).toEqual([]);
    expect(approvals.map(({ state }) => state)).toEqual(['denied', 'approved', 'approved', 'approved']);
    const ended = await Promise.all(approvals.slice(1).map(({ rotationId }) => sandbox.settled(rotationId ?? '')));
    expect(ended.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect(held.map(({ service }) => service.rotations)).toEqual([0, 1, 1, 1]);
    expect(await sandbox.call('getBatch', { batch: batch.batch })).toMatchObject({ refused: [], approvals });
  });

  it('asks for nothing when one of the names is wrong', async () => {
    const wrong = sandbox.call('requestRotations', { credentials: [...names, 'no such key'] });
    await expect(wrong).rejects.toMatchObject({ code: 'credential-unknown' });
    expect(await sandbox.call('listApprovals', {})).toEqual([]);
  });

  it.each([{}, { credentials: [] }, { credentials: ['a'], file: '/a' }])(
    'takes either names or a file: %o',
    async (input) => {
      await expect(sandbox.call('requestRotations', input)).rejects.toMatchObject({ code: 'bad-input' });
    },
  );

  it('leaves out one that rotates already, says why, and goes on with the others', async () => {
    const [slow] = held;
    slow?.service.fail({ answersAfterMs: 400 });
    const approval = await sandbox.call('requestRotation', { credential: names[0] ?? '' });
    const running = sandbox.approve(approval);
    await expect.poll(() => slow?.service.rotationRequests).toBe(1);
    const batch = await sandbox.call('requestRotations', { credentials: names });
    expect(asked(batch)).toEqual(names.slice(1));
    expect(batch.refused).toMatchObject([{ credential: names[0], problem: { code: 'rotation-running' } }]);
    await running;
  });

  it('is refused when none can be rotated, with the reason', async () => {
    sandbox.keychain.locked = true;
    await expect(sandbox.call('requestRotations', { credentials: names })).rejects.toMatchObject({
      code: 'batch-empty',
      message: expect.stringContaining('The keychain does not give this key'),
    });
    expect(await sandbox.call('listApprovals', {})).toEqual([]);
  });

  it('starts the others when one can’t begin, and its request has failed at once', async () => {
    const batch = await sandbox.call('requestRotations', { credentials: names });
    const [id] = batch.approvals.map(({ plan }) => plan.credential.id);
    // As a process that is not there any more to be seen.
    const lock = join(sandbox.rekey.dataFolder, 'locks', id ?? '');
    await mkdir(lock);
    const { approvals, failed } = await sandbox.call('approveBatch', yesTo(batch));
    expect(failed).toMatchObject([{ credential: names[0], problem: { code: 'rotation-running' } }]);
    expect(approvals[0]).toMatchObject({ state: 'failed', rotationId: null, problem: { code: 'rotation-running' } });
    await Promise.all(approvals.slice(1).map(({ rotationId }) => sandbox.settled(rotationId ?? '')));
    expect(held.map(({ service }) => service.rotations)).toEqual([0, 1, 1, 1]);
    await rmdir(lock);
    // Nothing was used up: it can be asked for again.
    expect(await sandbox.rotate(names[0] ?? '')).toMatchObject({ outcome: 'done' });
    const kinds = (await sandbox.call('listActivity', {})).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'rotation-not-started')).toHaveLength(1);
  });

  it('tells a single request at once, too, that its rotation could not begin', async () => {
    const approval = await sandbox.call('requestRotation', { credential: names[0] ?? '' });
    const lock = join(sandbox.rekey.dataFolder, 'locks', approval.plan.credential.id);
    await mkdir(lock);
    await expect(sandbox.approve(approval)).rejects.toMatchObject({ code: 'rotation-running' });
    const told = sandbox.events.flatMap((event) => (event.name === 'approval' ? [event.payload] : []));
    expect(told.map(({ state }) => state)).toEqual(['waiting', 'approved', 'failed']);
    expect(told.at(-1)?.problem?.message).toContain('Another process is rotating this key');
    expect(requests()).toBe(0);
  });

  it('is nothing that an agent may ask for, see or confirm', async () => {
    const batch = await sandbox.call('requestRotations', { credentials: names });
    const refused = { code: 'call-not-allowed' };
    await expect(sandbox.call('requestRotations', { credentials: names }, 'agent')).rejects.toMatchObject(refused);
    await expect(sandbox.call('getBatch', { batch: batch.batch }, 'agent')).rejects.toMatchObject(refused);
    await expect(sandbox.call('approveBatch', yesTo(batch), 'agent')).rejects.toMatchObject(refused);
    expect(requests()).toBe(0);
  });

  it('is confirmed in the desktop’s own window and nowhere else, where there is one', async () => {
    await sandbox.restart({ shell: 'electron', desktop: true });
    const batch = await sandbox.call('requestRotations', { credentials: names }, 'window');
    const elsewhere: readonly Carrier[] = ['window', 'tray', 'page', 'terminal', 'script'];
    for (const carrier of elsewhere) {
      await expect(sandbox.call('approveBatch', yesTo(batch), carrier)).rejects.toMatchObject({
        code: 'approval-not-here',
      });
    }
    expect((await sandbox.call('getBatch', { batch: batch.batch })).approvals.map(({ state }) => state)).toEqual(
      names.map(() => 'waiting'),
    );
    const { failed, approvals } = await sandbox.call('approveBatch', yesTo(batch), 'confirmation-window');
    expect(failed).toEqual([]);
    expect(approvals.map(({ decidedBy }) => decidedBy)).toEqual(names.map(() => 'confirmation-window'));
    await Promise.all(approvals.map(({ rotationId }) => sandbox.settled(rotationId ?? '')));
  });

  describe('that stand in a file', () => {
    it('takes those of which the key stands anywhere in it: in a copy, a chat, another file than Rekey knows', async () => {
      const [one = '', two = '', three = ''] = names;
      const file = await fileWith(
        'leaked.log',
        `GET https://x.example/?key=${keyOf(one)}\nsaid: {\\"key\\":\\"${keyOf(three)}\\"}\nnot alone: ${keyOf(two)}aaaa\n`,
      );
      expect(asked(await sandbox.call('requestRotations', { file }))).toEqual([one, three]);
    });

    it('takes a key that a program reads from it in another way of writing', async () => {
      const [one = ''] = names;
      const written = [...keyOf(one)].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');
      const file = await fileWith(
        '.claude.json',
        `{"mcpServers": {"s": {"command": "npx", "env": {"BITSCALE_API_KEY": "${written}"}}}}`,
      );
      expect(asked(await sandbox.call('requestRotations', { file }))).toEqual([one]);
    });

    it('says so when none stands in it, and names those whose earlier key does', async () => {
      const [one = ''] = names;
      const earlier = keyOf(one);
      const file = await fileWith('old.txt', earlier);
      await sandbox.rotate(one);
      const asking = sandbox.call('requestRotations', { file });
      await expect(asking).rejects.toMatchObject({
        code: 'file-without-keys',
        message: `No present key that Rekey holds stands in ${file}. Only earlier ones stand in it, which were replaced since: of “${one}”. Nothing was changed.`,
      });
      expect(await readFile(file, 'utf8')).toBe(earlier);
    });

    it.each([
      ['is not there', '/no/such/file', 'file-missing'],
      ['is no file', '/', 'file-not-regular'],
      ['is not given by its whole path', 'mcp.json', 'file-path-not-absolute'],
    ])('says so when it %s', async (_how, file, code) => {
      await expect(sandbox.call('requestRotations', { file })).rejects.toMatchObject({ code });
    });

    it('can’t tell while the keychain is locked', async () => {
      const file = await fileWith('leaked.log', keyOf(names[0] ?? ''));
      sandbox.keychain.locked = true;
      await expect(sandbox.call('requestRotations', { file })).rejects.toMatchObject({ code: 'keychain-locked' });
    });
  });
});
