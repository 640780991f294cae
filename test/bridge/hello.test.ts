import { execFile } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HelloSchema } from '../../main/mcp/hello.ts';
import { temporaryHome } from '../mcp/app.ts';

const run = promisify(execFile);
const hello = JSON.stringify(join(import.meta.dirname, '../../bridge/hello.ts'));
const say = `import(${hello}).then(async ({ makeHello }) => console.log(JSON.stringify(await makeHello('mcp', 'rekey mcp', false))))`;

describe('the hello of the bridge', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryHome();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is one that the app takes', async () => {
    const { stdout } = await run(process.execPath, ['-e', say]);
    expect(HelloSchema.parse(JSON.parse(stdout))).toMatchObject({ as: 'mcp', parentPid: process.pid });
  });

  it.skipIf(process.platform !== 'linux')('names the script of an interpreter, and never an argument', async () => {
    const host = join(folder, 'some-host');
    const spawnSync = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(say)}], { stdio: 'inherit' })`;
    await writeFile(host, spawnSync);
    const { stdout } = await run(process.execPath, [host, '--key=sk-live-secret', '/sk-live-secret']);
    expect(JSON.parse(stdout).parent).toBe('some-host');
    const inline = await run(process.execPath, ['-e', spawnSync, '/sk-live-secret']);
    expect(JSON.parse(inline.stdout).parent).toBe('node');
  });

  it.skipIf(process.platform === 'win32')('names a program by its file', async () => {
    const shell = join(folder, 'my-shell');
    await writeFile(shell, `#!/bin/sh\n'${process.execPath}' -e '${say.replaceAll("'", `'\\''`)}'\necho\n`);
    await chmod(shell, 0o755);
    const { stdout } = await run(shell, ['sk-live-secret']);
    expect(JSON.parse(stdout.trim()).parent).toMatch(/^(sh|dash|bash|my-shell)$/);
  });
});
