import { describe, expect, it } from 'vitest';
import { expand } from '../../main/hosts/paths.ts';
import { machines, withEnv } from './machines.ts';

const { darwin, linux, win32 } = machines;

describe('a place of the catalogue', () => {
  it('starts at the home folder where it says ~', () => {
    expect(expand('~/.cursor/mcp.json', linux)).toEqual(['/home/ann/.cursor/mcp.json']);
    expect(expand('~/.cursor/mcp.json', darwin)).toEqual(['/Users/ann/.cursor/mcp.json']);
    expect(expand('~/.cursor/mcp.json', win32)).toEqual(['C:\\Users\\ann\\.cursor\\mcp.json']);
    expect(expand('~', linux)).toEqual(['/home/ann']);
  });

  it('takes ~ for the home folder at its start only', () => {
    expect(expand('/opt/~/x', linux)).toEqual(['/opt/~/x']);
    expect(expand('/opt/~ann', linux)).toEqual(['/opt/~ann']);
  });

  it('is looked for where a variable moves it and at its default too', () => {
    const moved = withEnv(linux, { CLAUDE_CONFIG_DIR: '/data/claude' });
    expect(expand('${CLAUDE_CONFIG_DIR:-~}/.claude.json', moved)).toEqual([
      '/data/claude/.claude.json',
      '/home/ann/.claude.json',
    ]);
    expect(expand('${CLAUDE_CONFIG_DIR:-~}/.claude.json', linux)).toEqual(['/home/ann/.claude.json']);
  });

  it('is named once when the variable says what the default says', () => {
    const same = withEnv(linux, { XDG_CONFIG_HOME: '/home/ann/.config/' });
    expect(expand('${XDG_CONFIG_HOME:-~/.config}/Claude/x.json', same)).toEqual(['/home/ann/.config/Claude/x.json']);
  });

  it('is nowhere without its variable when there is no default', () => {
    expect(expand('${VSCODE_PORTABLE}/user-data/User/mcp.json', linux)).toEqual([]);
    expect(expand('${VSCODE_PORTABLE}/user-data', withEnv(linux, { VSCODE_PORTABLE: '/opt/code' }))).toEqual([
      '/opt/code/user-data',
    ]);
  });

  it('takes a variable inside the default of another', () => {
    const nested = '${VSCODE_APPDATA:-${XDG_CONFIG_HOME:-~/.config}}/Code';
    expect(expand(nested, linux)).toEqual(['/home/ann/.config/Code']);
    expect(expand(nested, withEnv(linux, { XDG_CONFIG_HOME: '/xdg', VSCODE_APPDATA: '/apps' }))).toEqual([
      '/apps/Code',
      '/xdg/Code',
      '/home/ann/.config/Code',
    ]);
  });

  it.each([
    ['an empty variable', ''],
    ['a relative path', 'claude'],
    ['a home folder that no shell has filled in', '~/claude'],
    ['a path with a star', '/data/*'],
    ['a path with another variable', '/data/${HOME}'],
  ])('is at its default for %s', (_, value) => {
    expect(expand('${CLAUDE_CONFIG_DIR:-~}/.claude.json', withEnv(linux, { CLAUDE_CONFIG_DIR: value }))).toEqual([
      '/home/ann/.claude.json',
    ]);
  });

  it('keeps signs in a variable that mean something in a replacement', () => {
    expect(expand('${CLAUDE_CONFIG_DIR:-~}/x', withEnv(linux, { CLAUDE_CONFIG_DIR: '/data/$&$1' }))[0]).toBe(
      '/data/$&$1/x',
    );
  });

  it("finds Windows' folders in any spelling, and at their usual place when the environment lacks them", () => {
    const spelt = { ...win32, env: { AppData: 'D:\\Roaming' } };
    expect(expand('%APPDATA%/Claude/x.json', spelt)).toEqual(['D:\\Roaming\\Claude\\x.json']);
    const bare = { ...win32, env: {} };
    expect(expand('%APPDATA%/Claude', bare)).toEqual(['C:\\Users\\ann\\AppData\\Roaming\\Claude']);
    expect(expand('%LOCALAPPDATA%/Packages', bare)).toEqual(['C:\\Users\\ann\\AppData\\Local\\Packages']);
    expect(expand('%PROGRAMFILES%/ClaudeCode', bare)).toEqual(['C:\\Program Files\\ClaudeCode']);
    expect(expand('%UNKNOWN%/x', bare)).toEqual([]);
  });

  it('may lie on a share', () => {
    expect(expand('%APPDATA%/Claude', { ...win32, env: { APPDATA: '\\\\server\\home\\ann' } })).toEqual([
      '\\\\server\\home\\ann\\Claude',
    ]);
  });
});
