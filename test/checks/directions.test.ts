import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A breach of each rule: which file imports which. */
const BREACHES: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['only-the-electron-shell-imports-electron', 'main/rotation/rotate.ts', 'electron'],
  ['only-the-electron-shell-imports-electron', 'main/shells/browser/page.ts', 'electron'],
  ['only-the-electron-shell-imports-electron', 'bridge/mcp.ts', 'electron'],
  ['the-core-imports-no-shell', 'main/rotation/rotate.ts', 'main/shells/browser/page.ts'],
  ['the-core-imports-no-shell', 'main/rekey.ts', 'main/shells/electron/tray.ts'],
  ['shells-do-not-know-each-other', 'main/shells/electron/tray.ts', 'main/shells/browser/page.ts'],
  ['hosts-and-configs-know-no-provider', 'main/hosts/files.ts', 'main/providers/bitscale.ts'],
  ['hosts-and-configs-know-no-provider', 'main/configs/find.ts', 'main/providers/bitscale.ts'],
  ['hosts-and-configs-know-no-provider', 'main/hosts/files.ts', 'main/credentials/credential-store.ts'],
  ['providers-know-no-host', 'main/providers/bitscale.ts', 'main/hosts/files.ts'],
  ['one-folder-knows-the-mcp-sdk', 'main/rotation/rotate.ts', '@modelcontextprotocol/sdk'],
  ['the-bridge-is-small', 'bridge/mcp.ts', '@modelcontextprotocol/sdk'],
  ['the-bridge-is-small', 'bridge/mcp.ts', 'main/rekey.ts'],
  ['pages-reach-the-core-by-the-contract-only', 'renderer/app.ts', 'main/rekey.ts'],
  ['schemas-are-pure', 'main/rotation/plan.schema.ts', 'main/rekey.ts'],
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** A small tree in which one file imports another, or a package, judged by the project's own rules. */
async function judge(from: string, to: string): Promise<string> {
  const isFile = to.endsWith('.ts');
  const up = '../'.repeat(from.split('/').length - 1);
  await write(from, `import '${isFile ? `${up}${to}` : to}';\n`);
  await write(
    isFile ? to : `node_modules/${to}/index.js`,
    isFile ? 'export const there = 1;\n' : 'module.exports = {};\n',
  );
  const dependencies = isFile ? {} : { [to]: '1.0.0' };
  await write('package.json', JSON.stringify({ name: 'tree', type: 'module', dependencies }));
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const top = [...new Set([from, ...(isFile ? [to] : [])].map((path) => path.split('/')[0] ?? ''))];
  const args = ['--config', join(root, '.dependency-cruiser.mjs'), ...top];
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

describe('the check of the dependency directions', () => {
  it.each(BREACHES)('fails by %s when %s imports %s', async (rule, from, to) => {
    expect(await judge(from, to)).toContain(`error ${rule}`);
  });

  it('passes a tree that keeps to them', async () => {
    expect(await judge('main/rotation/rotate.ts', 'main/providers/bitscale.ts')).toContain('no dependency violations');
  });
});
