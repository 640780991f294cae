import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupList, Restored } from '../../../main/backups/backup.schema.ts';
import { expect, test } from './story.ts';

test('a file that was lost after a rotation comes back at a terminal, with the new key in it', async ({
  home,
  service,
  app,
}) => {
  const old = service.key;
  const path = join(home, '.cursor', 'mcp.json');
  const config = (key: string): string => `{ "mcpServers": { "acme": { "env": { "BITSCALE_API_KEY": "${key}" } } } }\n`;
  await mkdir(join(home, '.cursor'));
  await writeFile(path, config(old));
  await app.run(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], `${old}\n`);
  expect((await app.run(['rotate', 'work', '--confirm', 'rotate-now'])).code).toBe(0);
  expect(await readFile(path, 'utf8')).toBe(config(service.key));

  await rm(path);
  const { backups } = await app.json<BackupList>(['restore']);
  expect(backups).toMatchObject([{ file: path, reason: { kind: 'rotation', credential: 'work' }, problem: null }]);
  const restored = await app.json<Restored>(['restore', path, '--yes']);
  expect(restored).toMatchObject({ keys: 'current', putIn: [{ credential: 'work', places: 1 }], left: [] });
  expect(await readFile(path, 'utf8')).toBe(config(service.key));

  const asItWas = await app.run(['restore', path, '--yes', '--as-it-was', '--at', backups[0]?.at ?? '']);
  expect([asItWas.code, asItWas.stderr]).toEqual([0, '']);
  expect(await readFile(path, 'utf8')).toBe(config(old));
  expect((await app.run(['activity'])).stdout).toContain('file-restored');
});
