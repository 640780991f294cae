import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { STAND_INS, startStandIn } from '../fakes/all.ts';
import { openSandbox } from '../sandbox/sandbox.ts';

describe('a key of every service', () => {
  it.each(STAND_INS)('is rotated twice, undone where that is possible, and rotated again (%s)', async (provider) => {
    const service = await startStandIn(provider);
    const sandbox = await openSandbox();
    const config = join(sandbox.home, '.claude.json');
    const holds = async (key: string): Promise<boolean> => (await readFile(config, 'utf8')).includes(key);

    async function rotate(longest: boolean): Promise<Rotation> {
      const { id, plan } = await sandbox.call('requestRotation', { credential: 'work' });
      const graceMinutes = plan.grace?.choices.at(longest ? -1 : 0);
      const choices = graceMinutes === undefined ? {} : { graceMinutes };
      const { rotationId } = await sandbox.call('approve', { id, planHash: plan.hash, ...choices });
      return sandbox.settled(rotationId ?? '');
    }

    try {
      const { url: baseUrl, settings, manager } = service;
      const first = service.key;
      const server = { command: 'npx', args: ['a-server'], env: { SOME_KEY: first } };
      await writeFile(config, JSON.stringify({ mcpServers: { one: server } }));
      if (manager) await sandbox.call('addCredential', { ...manager, provider, baseUrl });
      await sandbox.call('addCredential', { name: 'work', provider, key: first, baseUrl, settings: { ...settings } });

      expect(await rotate(false)).toMatchObject({ outcome: 'done', problem: null, unverified: null });
      const second = service.key;
      expect(second).not.toBe(first);
      expect(await holds(second)).toBe(true);

      const last = await rotate(true);
      expect(last).toMatchObject({ outcome: 'done', problem: null });
      expect(await holds(service.key)).toBe(true);
      expect(service.rotationRequests).toBe(2);

      if (last.offers.includes('undo')) {
        await sandbox.approve(await sandbox.call('requestRotation', { credential: 'work', undo: last.id }));
        expect(await holds(second)).toBe(true);
        expect(service.key).toBe(second);
        expect(await rotate(false)).toMatchObject({ outcome: 'done', problem: null });
        expect(await holds(service.key)).toBe(true);
      }
      expect(await sandbox.call('verifyCredential', { credential: 'work' })).toMatchObject({ state: 'accepted' });
      if (service.keys) expect(service.keys).toHaveLength(1);
    } finally {
      await sandbox.dispose();
      await service.stop();
    }
  });
});
