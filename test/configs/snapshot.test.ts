import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readSnapshot } from '../../main/configs/snapshot.ts';
import { asNobody, isRoot } from './nobody.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rekey-'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function codeOf(path: string, options?: { maxBytes?: number }): Promise<string> {
  try {
    await readSnapshot(path, options);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { code, message, wayOut } = error as ConfigError;
    expect(message).toContain(path);
    expect(message).toMatch(/not changed|Nothing was changed|does not exist/);
    expect(wayOut).not.toBe('');
    return code;
  }
}

describe('a snapshot', () => {
  it('holds the bytes, their hash, and mode and owner of the file', async () => {
    const path = join(folder, 'mcp.json');
    writeFileSync(path, '{"a": 1}', { mode: 0o640 });
    chmodSync(path, 0o640);
    const { uid, gid } = statSync(path);
    expect(await readSnapshot(path)).toEqual({
      path,
      target: path,
      bytes: Buffer.from('{"a": 1}'),
      hash: createHash('sha256').update('{"a": 1}').digest('hex'),
      mode: 0o640,
      uid,
      gid,
    });
  });

  it('of an empty file is empty', async () => {
    writeFileSync(join(folder, 'empty'), '');
    expect((await readSnapshot(join(folder, 'empty'))).bytes).toHaveLength(0);
  });

  it('follows links, relative ones, one after the other, and out of the folder', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    writeFileSync(join(folder, 'dotfiles/real.json'), '{}');
    symlinkSync('dotfiles/real.json', join(folder, 'one'));
    symlinkSync('one', join(folder, 'two'));
    const snapshot = await readSnapshot(join(folder, 'two'));
    expect(snapshot).toMatchObject({ path: join(folder, 'two'), target: join(folder, 'dotfiles/real.json') });
  });
});

describe('no snapshot is taken', () => {
  it('of what is not there', async () => {
    expect(await codeOf(join(folder, 'none'))).toBe('file-missing');
    writeFileSync(join(folder, 'file'), '');
    expect(await codeOf(join(folder, 'file/below'))).toBe('file-missing');
  });

  it('of links that lead nowhere or back to themselves', async () => {
    symlinkSync('none', join(folder, 'dangling'));
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    expect(await codeOf(join(folder, 'dangling'))).toBe('file-link-broken');
    expect(await codeOf(join(folder, 'a'))).toBe('file-link-broken');
  });

  it('of a folder, a device, a socket, or a pipe, which would keep it waiting', async () => {
    expect(await codeOf(folder)).toBe('file-not-regular');
    expect(await codeOf('/dev/null')).toBe('file-not-regular');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('pipe', join(folder, 'link-to-pipe'));
    expect(await codeOf(join(folder, 'pipe'))).toBe('file-not-regular');
    expect(await codeOf(join(folder, 'link-to-pipe'))).toBe('file-not-regular');
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, 'socket'), done));
    expect(await codeOf(join(folder, 'socket'))).toBe('file-not-regular');
    server.close();
  });

  it('of more bytes than allowed', async () => {
    const path = join(folder, 'large');
    writeFileSync(path, '{"a":"0123456789"}');
    expect(await codeOf(path, { maxBytes: 17 })).toBe('file-too-large');
    expect(await codeOf(path, { maxBytes: 18 })).toBe('none');
  });

  it.each([
    ['UTF-16 with a BOM', Buffer.from('\ufeff{"a":1}', 'utf16le')],
    ['UTF-16, the other way round', Buffer.from([0xfe, 0xff, 0x00, 0x7b, 0x00, 0x7d])],
    ['Latin-1', Buffer.from('{"a":"\u00e9"}', 'latin1')],
  ])('of text in %s', async (_what, bytes) => {
    writeFileSync(join(folder, 'text'), bytes);
    expect(await codeOf(join(folder, 'text'))).toBe('file-not-parsable');
  });

  it.skipIf(!isRoot)('of a file that the account may not read (tried by root as another)', () => {
    const path = join(folder, 'private');
    writeFileSync(path, '{}', { mode: 0o600 });
    expect(asNobody(`await report(() => readSnapshot(${JSON.stringify(path)}));`)).toEqual(['file-unreadable']);
  });
});
