import { access, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let copy: string;
let old: string;

beforeEach(async () => {
  service = await startBitscale();
  sandbox = await openSandbox();
  old = service.key;
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  copy = join(sandbox.home, '.claude', 'backups', '.claude.json.backup.1795209258540');
  await write(config(old));
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

const config = (key: string): string =>
  `{"history":["${key}\\n${key}"],"mcpServers":{"b":{"args":["--key=${key}"],"env":{"K":"${key}"}}}}\n`;

async function write(content: string | Buffer, path = copy): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode: 0o600 });
}

const patch = (path = copy, carrier?: Parameters<Sandbox['call']>[2]) =>
  sandbox.call('patchCopy', { path, credential: 'work' }, carrier);
const remove = (path = copy, carrier?: Parameters<Sandbox['call']>[2]) => sandbox.call('deleteCopy', { path }, carrier);
const copies = async () => (await sandbox.call('listHosts', {})).flatMap((host) => host.copies);
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a copy that a program has made', () => {
  it('is listed with the credential, and whether it holds the key of now or the one before', async () => {
    expect(await copies()).toEqual([{ path: copy, credential: 'work', holdsEarlier: false }]);
    await sandbox.rotate('work');
    expect(await copies()).toEqual([{ path: copy, credential: 'work', holdsEarlier: true }]);
  });

  it('gets the new key wherever the old one stood, and keeps its mode; the version until then is kept', async () => {
    await sandbox.rotate('work');
    expect(await readFile(copy, 'utf8')).toBe(config(old));
    const { kept } = await patch();
    expect(await readFile(copy, 'utf8')).toBe(config(service.key));
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
    const { backups } = await sandbox.call('listBackups', { file: copy });
    expect(backups).toMatchObject([{ at: kept, reason: { kind: 'copy-patch', credential: 'work' } }]);
    expect(await copies()).toEqual([{ path: copy, credential: 'work', holdsEarlier: false }]);
  });

  it('that is broken, or no text at all, gets it too, and every other byte stays', async () => {
    await sandbox.rotate('work');
    const around = (key: string): Buffer =>
      Buffer.concat([
        Buffer.from(`{"K": "${key}", `),
        Buffer.from([0xff, 0, 0xfe]),
        Buffer.from(` ${key}-x x${key} '${key}`),
      ]);
    await write(around(old));
    expect(await patch()).toMatchObject({ places: 2 });
    const bytes = await readFile(copy);
    expect(bytes.toString('latin1')).toBe(
      around(old).toString('latin1').replace(`"${old}"`, `"${service.key}"`).replace(`'${old}`, `'${service.key}`),
    );
  });

  it('is deleted, and comes back by a restore', async () => {
    const { kept } = await remove();
    expect(await isThere(copy)).toBe(false);
    expect(await copies()).toEqual([]);
    await sandbox.call('restoreBackup', { file: copy, at: kept });
    expect(await readFile(copy, 'utf8')).toBe(config(old));
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
  });

  it('stands in the activity with what became of it', async () => {
    await sandbox.rotate('work');
    await patch(copy, 'terminal');
    await remove();
    const [deleted, patched] = (await sandbox.call('listActivity', {})).filter(({ kind }) => kind.startsWith('copy-'));
    expect(patched).toMatchObject({ kind: 'copy-patched', credential: 'work', who: 'terminal', detail: copy });
    expect(deleted).toMatchObject({ kind: 'copy-deleted', credential: null, who: 'page', detail: copy });
  });
});

describe('what is refused, with nothing changed', () => {
  it.each(['agent', 'script'] as const)('a caller that is no person: %s', async (carrier) => {
    await sandbox.rotate('work');
    await expect(patch(copy, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
    await expect(remove(copy, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
    expect(await readFile(copy, 'utf8')).toBe(config(old));
  });

  it('any file that is no copy: the config itself, a file beside the copies, a detour to a copy', async () => {
    await sandbox.rotate('work');
    const others = [join(sandbox.home, '.claude.json'), join(dirname(copy), 'notes'), `${dirname(copy)}/../backups/x`];
    for (const other of others) {
      await write(config(old), other);
      await expect(patch(other)).rejects.toMatchObject({ code: 'copy-not-listed' });
      await expect(remove(other)).rejects.toMatchObject({ code: 'copy-not-listed' });
      expect(await readFile(other, 'utf8')).toBe(config(old));
    }
  });

  it('a copy without a key of Rekey’s', async () => {
    await sandbox.rotate('work');
    await write('{}');
    await expect(patch()).rejects.toMatchObject({ code: 'copy-without-key' });
    await expect(remove()).rejects.toMatchObject({ code: 'copy-without-key' });
    expect(await readFile(copy, 'utf8')).toBe('{}');
  });

  it('to put a key in where there is no earlier one', async () => {
    await expect(patch()).rejects.toMatchObject({ code: 'no-earlier-key' });
    expect(await readFile(copy, 'utf8')).toBe(config(old));
  });

  it('to delete a link: the key would stay where it leads to', async () => {
    const real = join(sandbox.home, 'real.json');
    await write(config(old), real);
    const link = `${copy}1`;
    await symlink(real, link);
    await expect(remove(link)).rejects.toMatchObject({ code: 'copy-is-link' });
    expect(await readFile(link, 'utf8')).toBe(config(old));
  });

  it('to delete without a backup', async () => {
    await writeFile(join(sandbox.rekey.dataFolder, 'backups'), 'a file in the place of the folder');
    await expect(remove()).rejects.toMatchObject({
      code: 'backup-not-written',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(await readFile(copy, 'utf8')).toBe(config(old));
  });
});
