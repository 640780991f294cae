import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { placeAllSamples } from '../fixtures/hosts/place-all.ts';
import { openSandbox } from '../sandbox/sandbox.ts';

it('puts the new key into the files of every host at once, and changes no other byte of any', async () => {
  const service = await startBitscale();
  const sandbox = await openSandbox();
  try {
    const old = service.key;
    const { project, files } = await placeAllSamples(sandbox.home, 'linux', old);
    const before = new Map(await Promise.all(files.map(async ({ path }) => [path, await readFile(path)] as const)));
    await sandbox.call('changeSettings', { projectFolders: [project] });
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });

    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done', problem: null });
    for (const { path, sites, hostId } of files) {
      const now = await readFile(path, 'latin1');
      const was = before.get(path)?.toString('latin1') ?? '';
      const left = was.split(old).length - 1 - sites.length;
      // What stands outside of the servers stays; everything else is the old file with the new key.
      expect([hostId, path, now.split(old).length - 1]).toEqual([hostId, path, left]);
      expect([hostId, path, now.split(service.key).length - 1]).toEqual([hostId, path, sites.length]);
      expect(now.replaceAll(service.key, old)).toBe(was);
    }

    const report = await sandbox.call('listHosts', {});
    expect(report.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    const withFiles = new Set(files.map(({ hostId }) => hostId));
    for (const host of report) {
      expect([host.id, host.files.filter(({ parses }) => parses === false)]).toEqual([host.id, []]);
      if (host.patchable !== 'yes') expect(host.byHand?.why.length).toBeGreaterThan(10);
    }
    expect(withFiles.size).toBeGreaterThan(45);
  } finally {
    await sandbox.dispose();
    await service.stop();
  }
});
