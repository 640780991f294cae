import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Made up; stands in every hundredth file. */
export const KEY = 'sk-live-bench-0123456789abcdefghijkl';

export function projectFolder(home: string, index: number): string {
  return join(home, 'code', `project-${index}`);
}

/** Projects as people have them: some folders and files, and one `.mcp.json` with three servers. */
export async function placeProjects(home: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const folder = projectFolder(home, index);
    await mkdir(join(folder, 'src'), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{}');
    const env = index % 100 === 0 ? { ACME_API_KEY: KEY } : { OTHER_API_KEY: `sk-live-other-${index}` };
    const servers = {
      files: { command: 'npx', args: ['-y', 'files-mcp', folder] },
      acme: { type: 'stdio', command: 'npx', args: ['-y', 'acme-mcp'], env },
      remote: { type: 'http', url: 'https://mcp.example.invalid/mcp', headers: { 'X-Project': String(index) } },
    };
    await writeFile(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers: servers }, null, 2)}\n`);
  }
}
