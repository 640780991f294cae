import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { placeSampleHosts, type SampleHosts } from '../fixtures/hosts/place.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('the report of the hosts', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let samples: SampleHosts;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    samples = await placeSampleHosts(sandbox.home, 'linux', {
      bitscale: service.key,
      lightning: 'lf_somebody_else',
      log10x: '00000000-0000-4000-8000-000000000001',
      a2amarket: 'ak_somebody_else',
    });
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const host = async (id: string): Promise<HostView> => {
    const found = (await sandbox.call('listHosts', {})).find((one) => one.id === id);
    if (!found) throw new Error(`no host ${id}`);
    return found;
  };

  it('has every host of the catalogue, its files, its servers and where in them the key stands', async () => {
    const hosts = await sandbox.call('listHosts', {});
    expect(hosts.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    for (const { hostId } of samples.files) expect(hosts.find(({ id }) => id === hostId)?.detected).toBe(true);
    expect(hosts.filter(({ detected }) => detected).length).toBeLessThan(10);
    const expected = samples.files.reduce((sum, { keys }) => sum + (keys.bitscale ?? 0), 0);
    expect(hosts.flatMap(({ sites }) => sites).length).toBe(expected);
    expect(JSON.stringify(hosts)).not.toContain(service.key);
  });

  it('says why a host can’t be patched, or not wholly, and what the person does instead', async () => {
    for (const { patchable, byHand } of await sandbox.call('listHosts', {})) {
      expect([patchable, byHand === null]).toEqual([patchable, patchable === 'yes']);
    }
    expect((await host('cherry-studio')).byHand?.why).toContain('database');
  });

  it('tells where a reference takes its value from, and whose key stands there', async () => {
    const file = join(sandbox.home, '.cursor', 'mcp.json');
    const servers = { one: { env: { BITSCALE_API_KEY: '${env:BITSCALE_API_KEY}' } } };
    await writeFile(file, JSON.stringify({ mcpServers: servers }));
    await writeFile(join(sandbox.home, '.zshrc'), `# keys\nexport BITSCALE_API_KEY=${service.key}\n`);
    const { references } = await host('cursor');
    expect(references).toMatchObject([
      {
        expression: '${env:BITSCALE_API_KEY}',
        source: {
          kind: 'variable',
          name: 'BITSCALE_API_KEY',
          setIn: [{ file: join(sandbox.home, '.zshrc'), line: 2, credential: 'work' }],
        },
      },
    ]);
    const { findings } = await sandbox.call('planRotation', { credential: 'work' });
    expect(findings.find(({ kind }) => kind === 'reference')).toMatchObject({ source: references[0]?.source });
  });

  it('tells of a key in a project’s file though its host was never here', async () => {
    const project = join(sandbox.home, 'cloned');
    await mkdir(join(project, '.roo'), { recursive: true });
    const servers = { one: { env: { BITSCALE_API_KEY: service.key } } };
    await writeFile(join(project, '.roo', 'mcp.json'), JSON.stringify({ mcpServers: servers }));
    await sandbox.call('changeSettings', { projectFolders: [project] });
    const found = await host('roo-code');
    expect([found.detected, found.sites.length, found.hasSomething]).toEqual([false, 1, true]);
    expect((await host('zed')).hasSomething).toBe(false);
  });

  it('leaves out what each project does not have', async () => {
    await mkdir(join(sandbox.home, 'other'));
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'other')] });
    const files = (await sandbox.call('listHosts', {})).flatMap(({ files: all }) => all);
    expect(files.filter(({ path }) => path.startsWith(join(sandbox.home, 'other')))).toEqual([]);
  });

  it('says which file can’t be used and why, and reports the others all the same', async () => {
    const broken = join(sandbox.home, '.claude.json');
    await writeFile(broken, '{ "mcpServers": ');
    const folder = join(sandbox.home, '.codeium', 'mcp_config.json');
    await mkdir(folder, { recursive: true });
    expect((await host('claude-code')).files.find(({ path }) => path === broken)).toMatchObject({
      parses: false,
      problem: { code: 'file-not-parsable' },
    });
    expect((await host('devin-desktop')).files.find(({ path }) => path === folder)).toMatchObject({
      problem: { code: 'file-not-regular' },
    });
    expect((await host('vscode')).sites.length).toBeGreaterThan(0);
  });

  it('names the copies that hold a key, after the rotation too, when it is the old one', async () => {
    const [copy] = samples.copies;
    expect((await host('claude-code')).copies).toEqual([{ path: copy?.path, credential: 'work', holdsEarlier: false }]);
    await sandbox.rotate('work');
    expect((await host('claude-code')).copies).toEqual([{ path: copy?.path, credential: 'work', holdsEarlier: true }]);
  });
});
