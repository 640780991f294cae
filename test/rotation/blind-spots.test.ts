import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_LIST_BYTES } from '../../main/hosts/projects.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('a plan', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  it('says so when a host’s list of projects is too large to be read, so that keys in them are not seen', async () => {
    const path = join(sandbox.home, '.claude.json');
    const project = join(sandbox.home, 'far');
    await mkdir(project);
    await writeFile(
      join(project, '.mcp.json'),
      JSON.stringify({ mcpServers: { one: { env: { BITSCALE_API_KEY: service.key } } } }),
    );
    const file = await open(path, 'w');
    const start = JSON.stringify({
      mcpServers: { one: { env: { BITSCALE_API_KEY: service.key } } },
      projects: { [project]: {} },
    });
    await file.write(start.slice(0, -1));
    await file.write(`,"history":"${'x'.repeat(LARGEST_LIST_BYTES)}"}`);
    await file.close();
    const plan = await sandbox.call('planRotation', { credential: 'work' });
    expect(plan.findings).toMatchObject([{ kind: 'problem', file: path, problem: { code: 'file-too-large' } }]);
    // The file itself is no obstacle.
    expect(plan.sites.map((site) => site.file)).toEqual([path]);
    await sandbox.call('changeSettings', { projectFolders: [project] });
    expect((await sandbox.call('planRotation', { credential: 'work' })).sites).toHaveLength(2);
  });

  it('says once what is wrong with a file that can’t be parsed', async () => {
    const path = join(sandbox.home, '.claude.json');
    await writeFile(path, '{ "projects": ');
    const { findings } = await sandbox.call('planRotation', { credential: 'work' });
    expect(findings).toMatchObject([{ kind: 'problem', file: path, problem: { code: 'file-not-parsable' } }]);
  });
});
