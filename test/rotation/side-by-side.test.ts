import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

/** Below the home folder; several lie in one folder, and more than are worked on at once. */
const FILES = [
  '.claude.json',
  '.cursor/mcp.json',
  'proj/.mcp.json',
  'proj/opencode.json',
  'proj/.vscode/mcp.json',
  'proj/.vscode/settings.json',
  'proj/.roo/mcp.json',
  'proj/.gemini/settings.json',
  'proj/.kiro/settings/mcp.json',
  'proj/.cursor/mcp.json',
];
interface Server {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}
const ENTRY: Readonly<Record<string, (server: Server) => unknown>> = {
  'proj/opencode.json': ({ command, env }) => ({
    mcp: { bitscale: { type: 'local', command: [command], environment: env } },
  }),
  'proj/.vscode/mcp.json': (server) => ({ servers: { bitscale: server } }),
  'proj/.vscode/settings.json': (server) => ({ mcp: { servers: { bitscale: server } } }),
};

describe('files that are changed side by side', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let old: string;
  let paths: string[];
  /** Called with each record before it is written. */
  let onRecord: (record: Rotation) => Promise<void>;
  /** Called before the service gets a request. */
  let onSend: (path: string) => Promise<void>;

  beforeEach(async () => {
    onRecord = async () => {};
    onSend = async () => {};
    service = await startBitscale();
    old = service.key;
    sandbox = await openSandbox({
      wrap(parts) {
        const { journal, send } = parts;
        const write = journal.write.bind(journal);
        journal.write = async (record) => {
          await onRecord(record);
          await write(record);
        };
        return {
          ...parts,
          send: async (request, options) => {
            await onSend(request.url.pathname);
            return send(request, options);
          },
        };
      },
    });
    paths = FILES.map((file) => join(sandbox.home, file));
    for (const [index, file] of FILES.entries()) await place(paths[index] ?? '', file);
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'proj')] });
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  async function place(path: string, file: string): Promise<void> {
    const server = { command: 'uvx', env: { BITSCALE_API_KEY: old } };
    const entry = ENTRY[file] ?? ((one) => ({ mcpServers: { bitscale: one } }));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, JSON.stringify(entry(server), null, 2));
  }

  const text = (path: string): Promise<string> => readFile(path, 'utf8');
  const patchedIn = ({ sites }: Rotation): string[] =>
    sites.filter(({ state }) => state === 'patched').map(({ site }) => site.file);
  const kept = async (): Promise<string[]> => {
    const { backups } = await sandbox.call('listBackups', {});
    return backups.map(({ file }) => file).sort();
  };

  it('all get the new key, two in one folder too, with nothing left beside any of them', async () => {
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done', notKept: [] });
    expect(patchedIn(rotation).sort()).toEqual([...paths].sort());
    for (const path of paths) expect(await text(path)).toContain(service.key);
    const names = await readdir(sandbox.home, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('are all kept before anything is sent, so that afterwards they need only be replaced', async () => {
    const keptAt = new Map<string, string[]>();
    onSend = async (path) => void keptAt.set(path, await kept());
    await sandbox.rotate('work');
    expect(keptAt.get('/api/v1/api-key/rotate')).toEqual([...paths].sort());
    expect(await kept()).toEqual([...paths].sort());
  });

  it('stand in the journal as patched only when they are, and are not touched before the key is in the keychain', async () => {
    const untrue: string[] = [];
    const noted: number[] = [];
    let touched = false;
    onRecord = async (record) => {
      const isPromoted = record.history.some(({ step }) => step === 'promoted');
      const texts = new Map(await Promise.all(paths.map(async (path) => [path, await text(path)] as const)));
      if (!isPromoted && [...texts.values()].some((one) => !one.includes(old))) touched = true;
      const patched = patchedIn(record);
      noted.push(patched.length);
      untrue.push(...patched.filter((path) => !texts.get(path)?.includes(service.key)));
    };
    await sandbox.rotate('work');
    expect(touched).toBe(false);
    expect(untrue).toEqual([]);
    expect(noted).toContain(0);
    expect(noted.at(-1)).toBe(paths.length);
  });

  it('do not wait for one whose lock is taken: theirs is in the journal while that one waits', async () => {
    const [locked = ''] = paths;
    const lock = `${locked}.lock`;
    onSend = async (path) => void (path.endsWith('/rotate') && (await mkdir(lock)));
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const running = sandbox.approve(approval);
    const others = paths.filter((path) => path !== locked).sort();
    await expect
      .poll(async () => patchedIn((await sandbox.call('listRotations', {}))[0] as Rotation).sort())
      .toEqual(others);
    expect(await text(locked)).toContain(old);
    await rmdir(lock);
    expect(await running).toMatchObject({ outcome: 'done' });
    expect(await text(locked)).toContain(service.key);
  });

  it('do not fail with those that do, and each that fails says why', async () => {
    const [broken = '', gone = ''] = paths;
    const link = paths.at(-1) ?? '';
    onSend = async (path) => {
      if (!path.endsWith('/rotate')) return;
      await writeFile(broken, (await text(broken)).slice(0, -2));
      await writeFile(gone, '{}');
      await writeFile(link, (await text(link)).replace(old, '${env:BITSCALE_API_KEY}'));
    };
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done-in-part' });
    const stateOf = (file: string) => rotation.sites.find(({ site }) => site.file === file);
    expect(stateOf(broken)).toMatchObject({ state: 'to-do', problem: { code: 'file-not-parsable' } });
    expect([stateOf(gone)?.state, stateOf(link)?.state]).toEqual(['gone', 'gone']);
    for (const path of paths.filter((one) => ![broken, gone, link].includes(one)))
      expect(await text(path)).toContain(service.key);
  });

  it('keep the version of before where a program has written one since that was kept', async () => {
    const [changed = ''] = paths;
    onSend = async (path) => {
      if (path.endsWith('/rotate')) await writeFile(changed, (await text(changed)).replace('uvx', 'npx'));
    };
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done' });
    const now = await text(changed);
    expect(now).toContain('npx');
    expect(now).toContain(service.key);
    await sandbox.call('restoreBackup', { file: changed, asItWas: true });
    expect(await text(changed)).toBe(now.replace(service.key, old));
  });
});
