import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeSampleHosts } from '../fixtures/hosts/place.ts';

export const FILE_COUNT = 30;
const OTHER_KEYS = { lightning: 'lf_bench', log10x: '00000000-0000-4000-8000-0000000bench', a2amarket: 'ak_bench' };

export interface HostFiles {
  readonly paths: readonly string[];
  readonly projects: readonly string[];
}

/** Thirty files that hold this key: those of the six hosts, and a `.mcp.json` in as many projects as are missing. */
export async function placeFiles(home: string, key: string): Promise<HostFiles> {
  const samples = await placeSampleHosts(home, 'linux', { ...OTHER_KEYS, bitscale: key });
  const paths = samples.files.filter(({ keys }) => keys.bitscale).map(({ path }) => path);
  const projects: string[] = [];
  while (paths.length < FILE_COUNT) {
    const project = join(home, `project-${projects.length + 1}`);
    const servers = { bitscale: { command: 'npx', args: ['-y', 'bitscale-mcp'], env: { BITSCALE_API_KEY: key } } };
    await mkdir(project);
    await writeFile(join(project, '.mcp.json'), `${JSON.stringify({ mcpServers: servers }, null, 2)}\n`);
    projects.push(project);
    paths.push(join(project, '.mcp.json'));
  }
  return { paths, projects };
}
