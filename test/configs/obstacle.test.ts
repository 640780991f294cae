import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkOutside, obstacleTo } from '../../main/configs/obstacle.ts';
import { readSnapshot } from '../../main/configs/snapshot.ts';

let folder = '';
let home = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rekey-')));
  home = join(folder, 'home');
  mkdirSync(join(home, 'dotfiles'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere'));
  for (const name of ['home/dotfiles/mcp.json', 'elsewhere/mcp.json', 'home-of-another.json']) {
    writeFileSync(join(folder, name), '{}');
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function isOutside(path: string, at = home): Promise<boolean> {
  const error = await linkOutside(await readSnapshot(path), at);
  if (error) expect(error).toMatchObject({ code: 'file-link-outside', message: expect.stringContaining(path) });
  return error !== null;
}

describe('a link out of the home folder', () => {
  it.each(['../elsewhere/mcp.json', '../home-of-another.json'])('is one that ends there: %s', async (target) => {
    symlinkSync(target, join(home, 'mcp.json'));
    expect(await isOutside(join(home, 'mcp.json'))).toBe(true);
  });

  it('is one that ends there by another link', async () => {
    symlinkSync('../../elsewhere/mcp.json', join(home, 'dotfiles', 'link'));
    symlinkSync('dotfiles/link', join(home, 'mcp.json'));
    expect(await isOutside(join(home, 'mcp.json'))).toBe(true);
  });

  it('is none that ends within it, also when the home folder is itself a link', async () => {
    symlinkSync('dotfiles/mcp.json', join(home, 'mcp.json'));
    expect(await isOutside(join(home, 'mcp.json'))).toBe(false);
    const moved = join(folder, 'moved-home');
    symlinkSync('home', moved);
    expect(await isOutside(join(moved, 'mcp.json'), moved)).toBe(false);
  });

  it('is no file in a folder that the person keeps elsewhere', async () => {
    symlinkSync('../elsewhere', join(home, '.config'));
    expect(await isOutside(join(home, '.config', 'mcp.json'))).toBe(false);
  });

  it('is none that begins outside: a project on another disk', async () => {
    symlinkSync('mcp.json', join(folder, 'elsewhere', 'link.json'));
    expect(await isOutside(join(folder, 'elsewhere', 'link.json'))).toBe(false);
  });
});

describe('a look at what keeps a file from being replaced', () => {
  it('sees nothing where a write goes through, and touches nothing', async () => {
    const path = join(home, 'dotfiles', 'mcp.json');
    const before = [lstatSync(path), lstatSync(join(home, 'dotfiles'))].map(({ ctimeMs }) => ctimeMs);
    expect(await obstacleTo(await readSnapshot(path))).toBe(null);
    expect([lstatSync(path), lstatSync(join(home, 'dotfiles'))].map(({ ctimeMs }) => ctimeMs)).toEqual(before);
    expect(readdirSync(join(home, 'dotfiles'))).toEqual(['mcp.json']);
  });

  it('sees that nobody is meant to write, even for root', async () => {
    const path = join(home, 'dotfiles', 'mcp.json');
    chmodSync(path, 0o444);
    expect(await obstacleTo(await readSnapshot(path))).toMatchObject({ code: 'file-unwritable' });
  });
});
