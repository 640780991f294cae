import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installOnDemand } from './on-demand.ts';

const NAME = '@acme/tool';
const VERSION = '1.2.3';

/** npm's registry, with one package in one version whose install script would leave a file. */
async function startRegistry(folder: string): Promise<Server> {
  await mkdir(join(folder, 'package'));
  const manifest = { name: NAME, version: VERSION, scripts: { install: 'echo ran > ran' } };
  await writeFile(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
  await promisify(execFile)('tar', ['-czf', 'tool.tgz', 'package'], { cwd: folder });
  const tarball = await readFile(join(folder, 'tool.tgz'));
  const server = createServer((request, response) => {
    if (request.url === '/tool.tgz') return response.end(tarball);
    if (request.url !== '/@acme%2ftool') return response.writeHead(404).end('{}');
    const versions = { [VERSION]: { ...manifest, dist: { tarball: `${urlOf(server)}/tool.tgz` } } };
    response.end(JSON.stringify({ name: NAME, 'dist-tags': { latest: VERSION }, versions }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo; // a listening TCP server has no other kind
  return `http://127.0.0.1:${port}`;
}

describe('a program that is installed on demand', () => {
  let folder: string;
  let cache: string;
  let server: Server;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    cache = join(folder, 'cache');
    server = await startRegistry(folder);
    vi.stubEnv('npm_config_registry', urlOf(server));
    vi.stubEnv('npm_config_cache', join(folder, 'npm'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('lies in one folder of the cache when several ask at once, and its install script did not run', async () => {
    const asked = [1, 2].map(() => installOnDemand(NAME, VERSION, cache));
    const expected = { folder: join(cache, 'acme-tool-1.2.3') };
    expect(await Promise.all(asked)).toEqual([expected, expected]);
    expect(await readdir(cache)).toEqual(['acme-tool-1.2.3']);
    const tool = join(expected.folder, 'node_modules', NAME);
    expect(await readdir(tool)).toEqual(['package.json']);
  });

  it('is not asked for again once it is there', async () => {
    await mkdir(join(cache, 'acme-tool-1.2.3'), { recursive: true });
    server.close();
    expect(await installOnDemand(NAME, VERSION, cache)).toEqual({ folder: join(cache, 'acme-tool-1.2.3') });
  });

  it('is reported as missing, with the reason, when there is no such version or no network, and leaves nothing', async () => {
    expect(await installOnDemand(NAME, '9.9.9', cache)).toEqual({
      missing: '@acme/tool@9.9.9 could not be installed (ETARGET)',
    });
    server.closeAllConnections();
    server.close();
    vi.stubEnv('npm_config_cache', join(folder, 'another'));
    expect(await installOnDemand(NAME, VERSION, cache)).toEqual({
      missing: '@acme/tool@1.2.3 could not be installed (ECONNREFUSED)',
    });
    expect(await readdir(cache)).toEqual([]);
  });

  it('clears away what a killed run left behind long ago, and nothing of a run under way', async () => {
    const [old, young] = [join(cache, '.acme-tool-1.2.3-old'), join(cache, '.acme-tool-1.2.3-young')];
    await Promise.all([old, young].map((path) => mkdir(path, { recursive: true })));
    const anHourAgo = Date.now() / 1_000 - 3_600;
    await utimes(old, anHourAgo, anHourAgo);
    await installOnDemand(NAME, VERSION, cache);
    await expect(access(old)).rejects.toThrow('ENOENT');
    await access(young);
  });

  it('has an exact version', async () => {
    await expect(installOnDemand(NAME, '^1.2.3', cache)).rejects.toThrow('no exact version');
  });
});
