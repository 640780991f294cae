import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readSnapshot } from '../../main/configs/snapshot.ts';
import { checkWritable, type WriteHooks, writePatched } from '../../main/configs/write.ts';
import { asNobody, isRoot } from './nobody.ts';

let folder = '';
let path = '';
const OLD_TEXT = '{"key": "old"}';
const NEW_TEXT = '{"key": "new, and longer than before"}';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rekey-'));
  chmodSync(folder, 0o755);
  path = join(folder, 'mcp.json');
  writeFileSync(path, OLD_TEXT);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(at = path, hooks: WriteHooks = {}): Promise<void> {
  await writePatched(await readSnapshot(at), Buffer.from(NEW_TEXT), hooks);
}

async function failure(work: () => Promise<unknown>): Promise<ConfigError> {
  const error: unknown = await work().then(
    () => expect.unreachable('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return error as ConfigError;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function leftovers(at = folder): string[] {
  return readdirSync(at).filter((name) => name.endsWith('.tmp'));
}

describe('a write', () => {
  it.each([0o600, 0o644, 0o640, 0o664, 0o700])('keeps the mode %o', async (mode) => {
    chmodSync(path, mode);
    await write();
    expect(readFileSync(path, 'utf8')).toBe(NEW_TEXT);
    expect(statSync(path).mode & 0o7777).toBe(mode);
    expect(leftovers()).toEqual([]);
  });

  it.skipIf(!isRoot)('keeps owner and group (tried by root)', async () => {
    chownSync(path, 1_234, 5_678);
    chmodSync(path, 0o660);
    await write();
    expect(statSync(path)).toMatchObject({ uid: 1_234, gid: 5_678 });
    expect(statSync(path).mode & 0o7777).toBe(0o660);
  });

  it('begins as a copy of the file on macOS, where that brings its access list and attributes along', async () => {
    chmodSync(path, 0o640);
    await writePatched(await readSnapshot(path), Buffer.from('short'), { platform: 'darwin' });
    expect(readFileSync(path, 'utf8')).toBe('short');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(leftovers()).toEqual([]);
  });

  it('never shows the content in a file that more people may read, and has it on the disk before the rename', async () => {
    chmodSync(path, 0o600);
    let seen: { mode: number; text: string } | null = null;
    const beforeCheck = (): void => {
      const [temporary = ''] = leftovers();
      expect(temporary).toMatch(/^\.mcp\.json\.rekey-.+\.tmp$/);
      const at = join(folder, temporary);
      seen = { mode: statSync(at).mode & 0o7777, text: readFileSync(at, 'utf8') };
      expect(readFileSync(path, 'utf8')).toBe(OLD_TEXT);
    };
    await write(path, { beforeCheck });
    expect(seen).toEqual({ mode: 0o600, text: NEW_TEXT });
  });

  it('goes through links, relative and one after the other, and leaves them links', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    renameSync(path, join(folder, 'dotfiles/real.json'));
    symlinkSync('dotfiles/real.json', join(folder, 'one'));
    symlinkSync(join(folder, 'one'), path);
    await write();
    expect(lstatSync(path).isSymbolicLink() && lstatSync(join(folder, 'one')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(folder, 'one'))).toBe('dotfiles/real.json');
    expect(readFileSync(join(folder, 'dotfiles/real.json'), 'utf8')).toBe(NEW_TEXT);
    expect([...leftovers(), ...leftovers(join(folder, 'dotfiles'))]).toEqual([]);
  });

  it('works for a name as long as file systems take it', async () => {
    const long = join(folder, `${'\u{1f511}'.repeat(60)}.json`);
    writeFileSync(long, OLD_TEXT);
    await write(long);
    expect(readFileSync(long, 'utf8')).toBe(NEW_TEXT);
  });

  it('shows every reader the old file or the new one, whole', async () => {
    const texts = ['a', 'b'].map((letter) => JSON.stringify({ text: letter.repeat(300_000) }));
    writeFileSync(path, texts[0] ?? '');
    const reader = spawn(process.execPath, [
      '--eval',
      `
      const { readFileSync } = require('node:fs');
      let reads = 0;
      process.stdin.on('end', () => { console.log(reads); process.exit(); }).resume();
      const read = () => { JSON.parse(readFileSync(${JSON.stringify(path)}, 'utf8')); reads++; setImmediate(read); };
      read();
    `,
    ]);
    const printed: string[] = [];
    reader.stdout.on('data', (chunk) => printed.push(String(chunk)));
    for (let round = 1; round <= 40; round++) {
      await writePatched(await readSnapshot(path), Buffer.from(texts[round % 2] ?? ''));
    }
    reader.stdin.end();
    const [code] = await once(reader, 'close');
    expect(code).toBe(0);
    expect(Number(printed.join(''))).toBeGreaterThan(0);
  });
});

describe('a file that changed since it was read', () => {
  const changes: [what: string, change: () => void][] = [
    ['other bytes of the same length', () => writeFileSync(path, OLD_TEXT.replace('old', 'odd'))],
    [
      'another file in its place',
      () => {
        writeFileSync(`${path}.x`, '{}');
        renameSync(`${path}.x`, path);
      },
    ],
    ['no file', () => unlinkSync(path)],
    [
      'a folder',
      () => {
        unlinkSync(path);
        mkdirSync(path);
      },
    ],
    ['a mode that fewer may read', () => chmodSync(path, 0o600)],
    [
      'a link to elsewhere',
      () => {
        renameSync(path, `${path}.moved`);
        symlinkSync(`${path}.moved`, path);
      },
    ],
  ];

  it.each(changes)('stays as it is then: %s', async (_what, change) => {
    chmodSync(path, 0o644);
    let changed = '';
    const look = (): string => (existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : 'none');
    const error = await failure(() =>
      write(path, {
        beforeCheck: () => {
          change();
          changed = look();
        },
      }),
    );
    expect(error.code).toBe('file-changed');
    expect(look()).toBe(changed);
    expect(leftovers()).toEqual([]);
  });

  it.each([
    ['in its last byte', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')])],
    ['by a byte more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ['by a byte less', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['to nothing', () => Buffer.alloc(0)],
  ])('%s is seen to have, however large it is', async (_where, change) => {
    for (const size of [1, 1 << 20, 3 << 20]) {
      const before = Buffer.alloc(size, 'a');
      writeFileSync(path, before);
      const after = change(before);
      const error = await failure(() => write(path, { beforeCheck: () => writeFileSync(path, after) }));
      expect(error.code).toBe('file-changed');
      expect(readFileSync(path).equals(after)).toBe(true);
    }
  });

  it('in its times only is written', async () => {
    await write(path, { beforeCheck: () => utimesSync(path, 1, 1) });
    expect(readFileSync(path, 'utf8')).toBe(NEW_TEXT);
  });
});

describe('a write that fails leaves the file as it was and no temporary file', () => {
  it.each([
    ['EIO', 'file-write-failed'],
    ['ENOSPC', 'file-write-failed'],
    ['EROFS', 'file-unwritable'],
    ['EPERM', 'file-unwritable'],
    ['EXDEV', 'file-write-failed'],
  ])('when the rename is answered with %s', async (code, expected) => {
    const rename = (): void => {
      throw systemError(code);
    };
    const error = await failure(() => write(path, { rename }));
    expect(error.code).toBe(expected);
    expect(error.message).toMatch(new RegExp(`${code}.*The file was not changed`));
    expect(readFileSync(path, 'utf8')).toBe(OLD_TEXT);
    expect(leftovers()).toEqual([]);
  });

  it.skipIf(!isRoot)('when the account may not write to the folder (tried by root as another)', () => {
    chmodSync(path, 0o666);
    const code = `
      const snapshot = await readSnapshot(${JSON.stringify(path)});
      await report(() => checkWritable(snapshot));
      await report(() => writePatched(snapshot, Buffer.from('{}')));
    `;
    expect(asNobody(code)).toEqual(['file-unwritable', 'file-unwritable']);
    expect(readFileSync(path, 'utf8')).toBe(OLD_TEXT);
  });

  it.skipIf(!isRoot)(
    'when the account may not write to the file or give it its owner (tried by root as another)',
    () => {
      chmodSync(folder, 0o777);
      const code = `
      const snapshot = await readSnapshot(${JSON.stringify(path)});
      await report(() => checkWritable(snapshot));
      await report(() => writePatched(snapshot, Buffer.from('{}')));
    `;
      expect(asNobody(code)).toEqual(['file-unwritable', 'file-unwritable']);
      expect(readFileSync(path, 'utf8')).toBe(OLD_TEXT);
      expect(leftovers()).toEqual([]);
    },
  );

  describe.skipIf(!canMount())('on a file system of its own (needs the right to mount)', () => {
    let mounted = '';

    beforeEach(() => {
      mounted = join(folder, 'mounted');
      mkdirSync(mounted);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mounted]);
      writeFileSync(join(mounted, 'mcp.json'), OLD_TEXT);
    });

    afterEach(() => execFileSync('umount', [mounted]));

    it('that is full', async () => {
      const snapshot = await readSnapshot(join(mounted, 'mcp.json'));
      expect((await failure(() => checkWritable(snapshot))).code).toBe('file-write-failed');
      const error = await failure(() => writePatched(snapshot, Buffer.alloc(100_000, 0x20)));
      expect(error.message).toContain('the disk is full (ENOSPC). The file was not changed.');
      expect(readdirSync(mounted)).toEqual(['mcp.json']);
      expect(readFileSync(join(mounted, 'mcp.json'), 'utf8')).toBe(OLD_TEXT);
    });

    it('that is read-only', async () => {
      const snapshot = await readSnapshot(join(mounted, 'mcp.json'));
      execFileSync('mount', ['-o', 'remount,ro', mounted]);
      for (const work of [() => checkWritable(snapshot), () => writePatched(snapshot, Buffer.from('{}'))]) {
        const error = await failure(work);
        expect(error.code).toBe('file-unwritable');
        expect(error.message).toContain('the file system is read-only (EROFS)');
      }
    });
  });
});

describe('a rename that Windows refuses while another program has the file open', () => {
  it('is tried again until it goes through', async () => {
    let refusals = 3;
    const rename = (from: string, to: string): void => {
      if (refusals-- > 0) throw systemError('EBUSY');
      renameSync(from, to);
    };
    await write(path, { platform: 'win32', rename });
    expect(readFileSync(path, 'utf8')).toBe(NEW_TEXT);
  });

  it('is given up in the end, and on other systems at once', async () => {
    for (const [platform, attempts] of [
      ['win32', 9],
      ['linux', 1],
    ] as const) {
      let tried = 0;
      const rename = (): void => {
        tried++;
        throw systemError('EACCES');
      };
      expect((await failure(() => write(path, { platform, rename }))).code).toBe('file-unwritable');
      expect(tried).toBe(attempts);
      expect(leftovers()).toEqual([]);
    }
  });

  it('finds a change that came while it waited', async () => {
    const rename = (): void => {
      writeFileSync(path, '{"key": "from the host"}');
      throw systemError('EPERM');
    };
    expect((await failure(() => write(path, { platform: 'win32', rename }))).code).toBe('file-changed');
    expect(readFileSync(path, 'utf8')).toBe('{"key": "from the host"}');
  });
});

describe('the check before a write', () => {
  it('passes where a write will, changes nothing and leaves nothing', async () => {
    const before = statSync(path);
    await checkWritable(await readSnapshot(path));
    expect(statSync(path)).toMatchObject({ mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs, ino: before.ino });
    expect(readdirSync(folder)).toEqual(['mcp.json']);
  });

  it('refuses a file that is marked as read-only, even for root', async () => {
    chmodSync(path, 0o444);
    const error = await failure(async () => checkWritable(await readSnapshot(path)));
    expect(error).toMatchObject({
      code: 'file-unwritable',
      message: `${path} is marked as read-only. It was not changed.`,
    });
  });

  it.skipIf(!canSeal())('refuses a file that is sealed against changes (needs chattr)', async () => {
    execFileSync('chattr', ['+i', path]);
    try {
      expect((await failure(async () => checkWritable(await readSnapshot(path)))).code).toBe('file-unwritable');
      expect((await failure(() => write())).code).toBe('file-unwritable');
    } finally {
      execFileSync('chattr', ['-i', path]);
    }
    expect(leftovers()).toEqual([]);
  });
});

describe('temporary files of a run that was killed', () => {
  it('are removed by the next one, and those of a running one are not', async () => {
    const dead = spawn(process.execPath, ['--eval', '']);
    await once(dead, 'close');
    const names = [
      `.mcp.json.rekey-${dead.pid}-aaaa.tmp`,
      `.mcp.json.rekey-${process.pid}-bbbb.tmp`,
      '.other.rekey-1-cccc.tmp',
    ];
    for (const name of names) writeFileSync(join(folder, name), 'left');
    await write();
    expect(leftovers().sort()).toEqual(names.slice(1).sort());
    const old = Date.now() / 1_000 - 120;
    utimesSync(join(folder, names[1] ?? ''), old, old);
    await checkWritable(await readSnapshot(path));
    expect(leftovers()).toEqual(names.slice(2));
  });

  it('are all that a kill leaves: the file itself is old or new', async () => {
    const sources = ['snapshot.ts', 'write.ts'].map(
      (name) => new URL(`../../main/configs/${name}`, import.meta.url).href,
    );
    for (let round = 0; round < 10; round++) {
      const writer = spawn(process.execPath, [
        '--input-type=module',
        '--eval',
        `
        import { readSnapshot } from ${JSON.stringify(sources[0])};
        import { writePatched } from ${JSON.stringify(sources[1])};
        console.log('ready');
        for (let turn = 0; ; turn++) {
          const snapshot = await readSnapshot(${JSON.stringify(path)});
          await writePatched(snapshot, Buffer.from(JSON.stringify({ text: 'x'.repeat(100_000 + turn) })));
        }
      `,
      ]);
      await once(writer.stdout, 'data');
      await new Promise((done) => setTimeout(done, 10 + round * 7));
      writer.kill('SIGKILL');
      await once(writer, 'close');
      expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
    }
    await checkWritable(await readSnapshot(path));
    expect(leftovers()).toEqual([]);
  });
});

function canMount(): boolean {
  return tried('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
}

function canSeal(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'rekey-'));
  const can = tried('chattr', ['+i', probe]) && tried('chattr', ['-i', probe]);
  rmSync(probe, { recursive: true, force: true });
  return can;
}

function tried(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
