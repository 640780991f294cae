import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { thisMachine } from '../../main/machine.ts';
import { socketPath } from '../../main/mcp/socket-path.ts';
import type { RekeyOptions } from '../../main/rekey.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { RawConnection } from '../mcp/raw-connection.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { type Search, searchFor } from '../secrets/search.ts';

/** The whole core with one key, `work`, at a service and in a host's file; and what an attack must leave as it is. */
export interface Living {
  readonly sandbox: Sandbox;
  readonly service: FakeBitscale;
  readonly key: string;
  /** Path of the core's own socket. */
  readonly path: string;
  /** Finds the key in whatever an attacker has got. */
  readonly search: Search;
  /**
   * Rekey answers a good client as ever, nobody was asked to rotate, no file has another byte, and in what was said to
   * the attacker stands no key.
   */
  unharmed(said?: string): Promise<void>;
  close(): Promise<void>;
}

export async function startLiving(options: Partial<RekeyOptions> = {}): Promise<Living> {
  const service = await startBitscale();
  const sandbox = await openSandbox(options);
  const { key } = service;
  const file = join(sandbox.home, '.cursor', 'mcp.json');
  await mkdir(dirname(file));
  await writeFile(file, JSON.stringify({ mcpServers: { one: { command: 'uvx', env: { BITSCALE_API_KEY: key } } } }));
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key, baseUrl: service.url });
  const path = socketPath(thisMachine(homedir()), sandbox.rekey.dataFolder);
  const search = searchFor([{ name: 'the key', value: key, publicBeginning: 8 }]);
  const before = await contents(sandbox);
  return {
    sandbox,
    service,
    key,
    path,
    search,
    async unharmed(said = '') {
      const good = await RawConnection.greeted(path);
      good.send({ id: 1, call: 'listCredentials', input: {} });
      expect(await good.next()).toMatchObject({ id: 1, result: [{ name: 'work', state: 'ok' }] });
      good.close();
      expect(service.rotationRequests).toBe(0);
      expect(await contents(sandbox)).toEqual(before);
      expect(search(Buffer.from(said))).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
    async close() {
      await sandbox.dispose();
      await service.stop();
    },
  };
}

/** Without the activity, which says what was asked. */
async function contents({ home }: Sandbox): Promise<Record<string, string>> {
  const files = (await filesBelow(home)).filter(({ path }) => !path.endsWith('activity.jsonl'));
  return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes.toString('base64')]));
}
