import { chmod, chown, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSocketFolder, socketPath } from '../../main/mcp/socket-path.ts';
import { temporaryHome } from './app.ts';

const linux = { platform: 'linux', home: '/home/me', env: {} } as const;

describe('the socket path', () => {
  it('is in the data folder', () => {
    expect(socketPath(linux, '/home/me/.local/share/rekey', 1000)).toBe('/home/me/.local/share/rekey/run/rekey.sock');
  });

  it('fits into a socket address however long the data folder is', () => {
    const folders = Array.from({ length: 200 }, (_, length) => `/home/${'ü'.repeat(length)}`);
    for (const folder of folders) expect(Buffer.byteLength(socketPath(linux, folder, 1000))).toBeLessThanOrEqual(100);
  });

  it('is another one for another user and for another data folder, where it had to be shortened', () => {
    const long = `/home/${'x'.repeat(120)}`;
    const paths = [socketPath(linux, long, 1000), socketPath(linux, long, 1001), socketPath(linux, `${long}y`, 1000)];
    expect(new Set(paths).size).toBe(3);
  });

  it('does not depend on variables that MCP hosts take away', () => {
    const long = `/home/${'x'.repeat(120)}`;
    const desktop = { ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000', TMPDIR: '/var/tmp' } };
    expect(socketPath(desktop, long, 1000)).toBe(socketPath(linux, long, 1000));
  });

  it('is a named pipe on Windows, of this user and data folder', () => {
    const windows = { platform: 'win32', home: 'C:\\Users\\me', env: {} } as const;
    const path = socketPath(windows, 'C:\\Users\\me\\AppData\\Roaming\\Rekey');
    expect(path).toMatch(/^\\\\\.\\pipe\\rekey-[0-9a-f]{16}$/);
    expect(socketPath(windows, 'c:\\users\\ME\\AppData\\Roaming\\Rekey')).toBe(path);
    expect(socketPath({ ...windows, home: 'C:\\Users\\you' }, 'C:\\Users\\me\\AppData\\Roaming\\Rekey')).not.toBe(path);
  });
});

describe('the folder of the socket', () => {
  it('is told apart from one that is not there', async () => {
    const home = await temporaryHome();
    expect(await checkSocketFolder(home)).toBe(true);
    expect(await checkSocketFolder(join(home, 'none'))).toBe(false);
    await rm(home, { recursive: true });
  });

  it('is refused when others can open it, when it is a link, and when it is no folder', async () => {
    const home = await temporaryHome();
    await mkdir(join(home, 'open'));
    await chmod(join(home, 'open'), 0o750);
    await symlink(home, join(home, 'link'));
    await writeFile(join(home, 'file'), '');
    for (const name of ['open', 'link', 'file']) {
      await expect(checkSocketFolder(join(home, name)), name).rejects.toMatchObject({ code: 'socket-folder-unsafe' });
    }
    await rm(home, { recursive: true });
  });

  it('is refused when it belongs to another user', async () => {
    const home = await temporaryHome();
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(home, 12_345, 12_345);
    await expect(checkSocketFolder(isRoot ? home : '/')).rejects.toThrow('it belongs to another user');
    await rm(home, { recursive: true });
  });
});
