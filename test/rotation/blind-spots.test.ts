import { execFileSync } from 'node:child_process';
import { mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
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

  it('looks into the projects of a ~/.claude.json of 100 MB', async () => {
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
    await file.write(`,"history":"${'x'.repeat(100_000_000)}"}`);
    await file.close();
    const plan = await sandbox.call('planRotation', { credential: 'work' });
    expect(plan.findings).toEqual([]);
    expect(plan.sites.map((site) => site.file)).toEqual([path, join(project, '.mcp.json')]);
  });

  it('tells of a broken link in the place of a host’s file, in a project and above it too', async () => {
    const project = join(sandbox.home, 'team', 'project');
    await mkdir(project, { recursive: true });
    await writeFile(join(sandbox.home, '.claude.json'), JSON.stringify({ projects: { [project]: {} } }));
    await mkdir(join(sandbox.home, '.cursor'));
    const links = [
      join(project, '.mcp.json'),
      join(project, '..', '.mcp.json'),
      join(sandbox.home, '.cursor/mcp.json'),
    ];
    for (const link of links) await symlink('nowhere', link);
    const { findings } = await sandbox.call('planRotation', { credential: 'work' });
    const broken = findings.flatMap((finding) =>
      finding.kind === 'problem' && finding.problem.code === 'file-link-broken' ? [finding.file] : [],
    );
    expect(broken.sort()).toEqual(links.sort());
    expect(findings).toHaveLength(3);
  });

  it('is not kept waiting by a pipe in the place of a service’s own credentials file', async () => {
    const lightning = await startLightningFaucet();
    const pipe = join(sandbox.home, '.lightning-wallet', 'credentials.json');
    await mkdir(dirname(pipe));
    execFileSync('mkfifo', [pipe]);
    const key = lightning.operatorKey;
    await sandbox.call('addCredential', { name: 'wallet', provider: 'lightning-faucet', key, baseUrl: lightning.url });
    const { findings } = await sandbox.call('planRotation', { credential: 'wallet' });
    expect(findings).toMatchObject([{ kind: 'problem', file: pipe, problem: { code: 'file-not-regular' } }]);
    await lightning.stop();
  });

  it('says once what is wrong with a file that can’t be parsed', async () => {
    const path = join(sandbox.home, '.claude.json');
    await writeFile(path, '{ "projects": ');
    const { findings } = await sandbox.call('planRotation', { credential: 'work' });
    expect(findings).toMatchObject([{ kind: 'problem', file: path, problem: { code: 'file-not-parsable' } }]);
  });

  it('leaves a file that nobody could look into to do, and a retry puts the key in once it is mended', async () => {
    const path = join(sandbox.home, '.claude.json');
    const text = JSON.stringify({ mcpServers: { one: { env: { BITSCALE_API_KEY: service.key } } } });
    await writeFile(path, text.slice(0, -1));
    const old = service.key;
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done-in-part', problem: { code: 'sites-left' } });
    expect(rotation.problem?.message).toContain('one file could not be looked into and may still hold the old key');
    expect(await readFile(path, 'utf8')).toBe(text.slice(0, -1));

    await writeFile(path, text);
    await sandbox.call('resumeRotation', { id: rotation.id });
    await expect.poll(() => sandbox.call('getRotation', { id: rotation.id })).toMatchObject({ outcome: 'done' });
    expect(await readFile(path, 'utf8')).toBe(text.replace(old, service.key));
    const { sites, findings } = await sandbox.call('getRotation', { id: rotation.id });
    expect(sites.map(({ state }) => state)).toEqual(['patched']);
    expect(findings).toEqual([]);
  });
});
