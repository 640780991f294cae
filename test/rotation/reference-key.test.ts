import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { startBitscale } from '../fakes/bitscale.ts';
import { openSandbox } from '../sandbox/sandbox.ts';

it('leaves a file to the person when its host would take a part of the new key for a variable', async () => {
  const service = await startBitscale();
  const sandbox = await openSandbox();
  try {
    const text = JSON.stringify({ mcpServers: { one: { env: { BITSCALE_API_KEY: service.key } } } });
    const knowsReferences = join(sandbox.home, '.claude.json');
    const knowsNone = join(sandbox.home, '.config', 'Claude', 'claude_desktop_config.json');
    await mkdir(dirname(knowsNone), { recursive: true });
    for (const path of [knowsReferences, knowsNone]) await writeFile(path, text);
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
    const old = service.key;
    service.makeNext('sk-live-${HOME}-0123456789');

    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done-in-part', problem: { code: 'sites-left' } });
    const problems = rotation.sites.flatMap(({ site, problem }) => (problem ? [[site.file, problem.code]] : []));
    expect(problems).toEqual([[knowsReferences, 'patch-refused']]);
    expect(await readFile(knowsReferences, 'utf8')).toBe(text);
    expect(await readFile(knowsNone, 'utf8')).toBe(text.replace(old, () => service.key));
  } finally {
    await sandbox.dispose();
    await service.stop();
  }
});
