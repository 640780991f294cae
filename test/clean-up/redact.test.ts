import { chmod, mkdir, mkdtemp, readFile, rename, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REDACTED } from '../../main/clean-up/redact-bytes.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let path: string;
let old: string;

beforeEach(async () => {
  service = await startBitscale();
  sandbox = await openSandbox();
  old = service.key;
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  path = join(sandbox.home, '.claude.json');
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

const document = (inServer: string, inChat: string): string =>
  `{"history":["my key is\\n${inChat}!"],"mcpServers":{"b":{"env":{"BITSCALE_API_KEY":"${inServer}"}}}}\n`;

async function write(text: string, to = path): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, text);
}

function redact(more: object = {}, carrier?: Parameters<Sandbox['call']>[2]) {
  return sandbox.call('redactKey', { file: path, credential: 'work', ...more }, carrier);
}

describe('after a rotation, the old key in a chat', () => {
  beforeEach(async () => {
    await write(document(old, old));
    await chmod(path, 0o600);
    await sandbox.rotate('work');
  });

  it('is told by the rotation and by the report of the hosts, and gone when it was redacted', async () => {
    const [rotation] = await sandbox.call('listRotations', {});
    expect(rotation?.findings).toMatchObject([{ kind: 'outside-server-table', file: path, line: 1 }]);
    const outside = async () => (await sandbox.call('listHosts', {})).flatMap((host) => host.outside);
    expect(await outside()).toEqual([
      { credential: 'work', isEarlier: true, file: path, where: 'outside-server-table', line: 1 },
    ]);
    expect(await redact()).toMatchObject({ file: path, credential: 'work', places: 1, kept: expect.any(String) });
    expect(await readFile(path, 'utf8')).toBe(document(service.key, REDACTED));
    expect(await outside()).toEqual([]);
  });

  it('stays where a link leads out of the home folder, and that is told', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'rekey-'));
    try {
      await rename(path, join(elsewhere, 'claude.json'));
      await symlink(join(elsewhere, 'claude.json'), path);
      await expect(redact()).rejects.toMatchObject({ code: 'file-link-outside' });
      expect(await readFile(path, 'utf8')).toContain(old);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('leaves mode and key in place, and the file as it was comes back by a restore', async () => {
    const { kept } = await redact();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { backups } = await sandbox.call('listBackups', { file: path });
    expect(backups[0]).toMatchObject({ at: kept, reason: { kind: 'redaction', credential: 'work' } });
    await sandbox.call('restoreBackup', { file: path, at: kept ?? '', asItWas: true });
    expect(await readFile(path, 'utf8')).toBe(document(service.key, old));
  });

  it('is not redacted twice: the second time nothing is written, kept or noted', async () => {
    await redact();
    const { mtimeMs } = await stat(path);
    expect(await redact()).toMatchObject({ places: 0, kept: null });
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
    const kinds = (await sandbox.call('listActivity', {})).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'key-redacted')).toHaveLength(1);
  });

  it('waits for the lock of the program, and is not redacted while that is held', async () => {
    const lock = `${path}.lock`;
    await mkdir(lock);
    const done = redact();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await readFile(path, 'utf8')).toContain(old);
    await rmdir(lock);
    expect(await done).toMatchObject({ places: 1 });
  });

  it.each(['agent', 'script'] as const)('is not redacted for a caller that is no person: %s', async (carrier) => {
    await expect(redact({}, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
    expect(await readFile(path, 'utf8')).toContain(old);
  });
});

describe('the key of now', () => {
  it('is redacted too only when the person says so, and never in a server', async () => {
    await write(document(old, old));
    await expect(redact()).rejects.toMatchObject({ code: 'no-earlier-key' });
    expect(await redact({ alsoCurrent: true })).toMatchObject({ places: 1 });
    expect(await readFile(path, 'utf8')).toBe(document(old, REDACTED));
  });
});

describe('what is refused, with nothing changed', () => {
  it.each([
    ['a file of nobody’s', 'notes.txt', 'file-not-listed'],
    ['a file of a program that is not there', '.gemini/settings.json', 'file-not-listed'],
  ])('%s', async (_, name, code) => {
    const other = join(sandbox.home, name);
    if (name === 'notes.txt') await write(old, other);
    await expect(redact({ file: other, alsoCurrent: true })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('Nothing was changed'),
    });
  });

  it('a broken file', async () => {
    await write(document(old, old).slice(0, -4));
    await expect(redact({ alsoCurrent: true })).rejects.toMatchObject({ code: 'file-not-parsable' });
    expect(await readFile(path, 'utf8')).toContain(old);
  });

  it('a file that is read-only', async () => {
    await write(document(old, old));
    await chmod(path, 0o400);
    await expect(redact({ alsoCurrent: true })).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(await readFile(path, 'utf8')).toBe(document(old, old));
  });

  it('a file of which no backup can be made', async () => {
    await write(document(old, old));
    await writeFile(join(sandbox.rekey.dataFolder, 'backups'), 'a file in the place of the folder');
    await expect(redact({ alsoCurrent: true })).rejects.toMatchObject({
      code: 'backup-not-written',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(await readFile(path, 'utf8')).toBe(document(old, old));
  });

  it('anything while the keychain is locked', async () => {
    await write(document(old, old));
    sandbox.keychain.locked = true;
    await expect(redact({ alsoCurrent: true })).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(redact()).rejects.toMatchObject({ code: 'no-earlier-key' });
  });
});

it('a file is known by any path that leads to it', async () => {
  await write(`{"mcpServers":{}} // ${old}`, join(sandbox.home, '.cursor', 'mcp.json'));
  const detour = join(sandbox.home, '.cursor', '..', '.cursor', 'mcp.json');
  const roundabout = `${sandbox.home}/proj/../.cursor/mcp.json`;
  for (const file of [detour, roundabout]) await redact({ file, alsoCurrent: true });
  expect(await readFile(detour, 'utf8')).toBe(`{"mcpServers":{}} // ${REDACTED}`);
});
