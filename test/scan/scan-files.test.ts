import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import { claudeJson } from '../bench/claude-json.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { placeSampleHosts } from '../fixtures/hosts/place.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let cursor: string;

beforeEach(async () => {
  service = await startBitscale();
  sandbox = await openSandbox();
  cursor = join(sandbox.home, '.cursor', 'mcp.json');
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const config = (key: string): string => `{"mcpServers":{"b":{"env":{"BITSCALE_API_KEY":"${key}"}}}}\n`;
const scan = () => sandbox.call('scanFiles', {});

async function only(): Promise<FoundKey> {
  const { findings } = await scan();
  const [first, ...more] = findings;
  if (!first || more.length > 0) throw new Error(`${findings.length} findings`);
  return first;
}

function add(name = 'work') {
  return sandbox.call('addCredential', { name, provider: 'bitscale', key: service.key, baseUrl: service.url });
}

function takeIn(finding: string, more: object = {}, carrier?: Parameters<Sandbox['call']>[2]) {
  return sandbox.call(
    'takeIn',
    { finding, name: 'found', provider: 'bitscale', baseUrl: service.url, ...more },
    carrier,
  );
}

describe('a scan', () => {
  it('tells each key with its file, program, server, place and line, and no more of it than its public beginning', async () => {
    await write(cursor, `{\n"mcpServers":{"b":{"env":{\n"BITSCALE_API_KEY":"${service.key}"}}}}\n`);
    const found = await only();
    expect(found).toMatchObject({
      owner: { kind: 'host', id: 'cursor', name: 'Cursor' },
      file: cursor,
      scope: 'user',
      where: 'server',
      server: 'b',
      place: 'env',
      path: ['mcpServers', 'b', 'env', 'BITSCALE_API_KEY'],
      line: 3,
      times: 1,
      why: { kind: 'pattern', service: 'BitScale' },
      providers: ['bitscale'],
    });
    expect(found.masked).toMatch(/^sk-live-•••• \([0-9a-f]{12}\)$/);
    expect(JSON.stringify(found)).not.toContain(service.key.slice('sk-live-'.length, -4));
  });

  it.each([
    ['LOG10X_API_KEY', '3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03', ['log10x']],
    ['SOME_API_KEY', '3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03', []],
    ['PORTKEY_API_KEY', 'q7Zk2Vt9LmX4Rb8WnY3cHd6Pf1s=', ['portkey']],
    ['SOME_API_KEY', 'q7Zk2Vt9LmX4Rb8WnY3cHd6Pf1s=', []],
    ['SOME_API_KEY', 'q7Zk2Vt9LmX4Rb8WnY3cHd6Pf1sJg5TuQe0aKiOv', []],
  ])(
    'offers a service for a key that shows no beginning only under its own variable (%s, %s)',
    async (name, key, providers) => {
      await write(cursor, config(key).replace('BITSCALE_API_KEY', name));
      expect(await only()).toMatchObject({ providers });
    },
  );

  it('goes over all programs, the project that one of them knows, and copies', async () => {
    const samples = await placeSampleHosts(sandbox.home, 'linux', {
      bitscale: service.key,
      lightning: 'lf_9f86d081884c7d659a2feaa0c55ad015',
      log10x: '3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03',
      a2amarket: 'ak_9f86d081884c7d659a2feaa0c55ad015',
    });
    const { findings, problems } = await scan();
    expect(problems).toEqual([]);
    for (const { path, keys } of samples.files) {
      const told = findings.filter(({ file }) => file === path).reduce((sum, { times }) => sum + times, 0);
      expect([path, told]).toEqual([path, Object.values(keys).reduce((sum, count) => sum + count, 0)]);
    }
    const copies = findings.filter(({ where }) => where === 'copy');
    expect(new Set(copies.map(({ file }) => file))).toEqual(new Set(samples.copies.map(({ path }) => path)));
  });

  it('looks into the services’ own files too', async () => {
    const own = join(sandbox.home, '.lightning-wallet', 'credentials.json');
    await write(own, '{"operator":{"api_key":"lf_9f86d081884c7d659a2feaa0c55ad015"}}');
    expect(await only()).toMatchObject({
      owner: { kind: 'provider', id: 'lightning-faucet' },
      file: own,
      where: 'server',
      server: null,
      place: 'field',
      path: ['operator', 'api_key'],
    });
  });

  it('knows the keys that Rekey holds, and those that it held, as dead', async () => {
    const old = service.key;
    await add();
    await write(cursor, config(old));
    expect(await only()).toMatchObject({ why: { kind: 'known', credential: 'work', isDead: false }, providers: [] });
    await sandbox.rotate('work');
    await write(join(sandbox.home, '.claude.json'), `{"history":["${old}, ${old}"],"mcpServers":{}}`);
    expect((await scan()).findings).toMatchObject(
      [
        { file: join(sandbox.home, '.claude.json'), where: 'outside-server-table', times: 2, why: { isDead: true } },
        { file: cursor, why: { kind: 'known', credential: 'work', isDead: false } },
      ].sort((one, other) => ((one.file ?? '') < (other.file ?? '') ? -1 : 1)),
    );
  });

  it('knows a key again by its fingerprint when the keychain is locked, and when it was replaced twice', async () => {
    const first = service.key;
    await add();
    await write(cursor, config(first));
    await sandbox.rotate('work');
    await sandbox.rotate('work');
    await write(join(sandbox.home, '.claude.json'), config(first));
    sandbox.keychain.locked = true;
    const whys = (await scan()).findings.map(({ why }) => why);
    sandbox.keychain.locked = false;
    expect(whys).toHaveLength(2);
    expect(whys).toEqual(
      expect.arrayContaining([
        { kind: 'known', credential: 'work', isDead: true },
        { kind: 'known', credential: 'work', isDead: false },
      ]),
    );
  });

  it('tells a broken file as a problem, with the keys that can be seen in it, and goes on', async () => {
    const broken = join(sandbox.home, '.claude.json');
    await write(broken, `{"mcpServers":{"b":{"env":{"BITSCALE_API_KEY":"${service.key}"`);
    await write(cursor, config(service.key));
    await mkdir(join(sandbox.home, '.gemini', 'settings.json'), { recursive: true });
    await mkdir(join(sandbox.home, '.config', 'Code', 'User'), { recursive: true });
    await symlink('nowhere', join(sandbox.home, '.config', 'Code', 'User', 'mcp.json'));
    const { findings, problems } = await scan();
    expect(findings.map(({ file, where }) => [file, where])).toEqual(
      expect.arrayContaining([
        [broken, 'broken-file'],
        [cursor, 'server'],
      ]),
    );
    expect(problems.map(({ file, problem }) => [file, problem.code])).toEqual(
      expect.arrayContaining([
        [broken, 'file-not-parsable'],
        [join(sandbox.home, '.gemini', 'settings.json'), 'file-not-regular'],
      ]),
    );
  });

  it('shows no key that stands where a name belongs', async () => {
    const key = 'sk-live-in-a-name-4711';
    await write(cursor, `{"mcpServers":{"${key}":{"env":{"${key}":"${service.key}"}}}}`);
    const { findings } = await scan();
    expect(findings).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain(key);
    expect(findings.map(({ server }) => server)).toContain('••••');
  });

  it('changes nothing, and stands in the activity', async () => {
    await write(cursor, config(service.key));
    await scan();
    expect(await readFile(cursor, 'utf8')).toBe(config(service.key));
    const [entry] = await sandbox.call('listActivity', {});
    expect(entry).toMatchObject({ kind: 'files-scanned', who: 'page' });
  });

  it('gives ids that stay, and that nobody can compute from the key', async () => {
    await write(cursor, config(service.key));
    const { id } = await only();
    expect((await only()).id).toBe(id);
    await sandbox.restart();
    expect((await only()).id).not.toBe(id);
  });

  it('tells the keys in the servers of a chat of 50 MB', async () => {
    await writeFile(join(sandbox.home, '.claude.json'), claudeJson(50));
    const { findings } = await scan();
    expect(findings.map(({ why }) => why)).toHaveLength(2);
  });
});

describe('a key that was found', () => {
  it('is taken in under a name, verified at its service, and known from then on', async () => {
    await write(cursor, config(service.key));
    const { id } = await only();
    const credential = await takeIn(id);
    expect(credential).toMatchObject({ name: 'found', provider: 'bitscale', verification: { state: 'accepted' } });
    expect(await only()).toMatchObject({ why: { kind: 'known', credential: 'found', isDead: false } });
    expect(await sandbox.rotate('found')).toMatchObject({ outcome: 'done' });
    expect(await readFile(cursor, 'utf8')).toBe(config(service.key));
    const [entry] = (await sandbox.call('listActivity', {})).filter(({ kind }) => kind === 'key-taken-in');
    expect(entry).toMatchObject({ credential: 'found', detail: cursor });
  });

  it('that the service refuses is kept only when the person says so', async () => {
    await write(cursor, config('sk-live-of-somebody-else-4711'));
    const { id } = await only();
    await expect(takeIn(id)).rejects.toMatchObject({ code: 'credential-key-refused' });
    expect(await sandbox.call('listCredentials', {})).toEqual([]);
    expect(await takeIn(id, { evenIfRefused: true })).toMatchObject({ verification: { state: 'refused' } });
  });

  it('is not taken in when something else stands there by now, and that is said', async () => {
    await write(cursor, config(service.key));
    const { id } = await only();
    await write(cursor, config('sk-live-another-one-4711'));
    await expect(takeIn(id)).rejects.toMatchObject({ code: 'finding-gone', message: expect.stringContaining(cursor) });
    await rm(cursor);
    await expect(takeIn(id)).rejects.toMatchObject({ code: 'finding-gone' });
    await expect(takeIn('no-such-finding')).rejects.toMatchObject({ code: 'finding-unknown' });
    expect(await sandbox.call('listCredentials', {})).toEqual([]);
  });

  it('of another service, or known already, or under a name that is taken, is refused as any key would be', async () => {
    await write(cursor, config(service.key));
    const { id } = await only();
    await expect(takeIn(id, { provider: 'a2amarket' })).rejects.toMatchObject({ code: 'credential-key-form' });
    await takeIn(id);
    const known = await only();
    await expect(takeIn(known.id, { name: 'twice' })).rejects.toMatchObject({ code: 'credential-key-known' });
  });

  it.each(['agent', 'script'] as const)('is never taken in for a caller that is no person: %s', async (carrier) => {
    await write(cursor, config(service.key));
    const { id } = await only();
    await expect(takeIn(id, {}, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
    expect(await sandbox.call('listCredentials', {})).toEqual([]);
  });

  it('stands in no file of Rekey’s, in no event and in no activity', async () => {
    await write(cursor, config(service.key));
    await takeIn((await only()).id);
    const files = await filesBelow(sandbox.rekey.dataFolder);
    expect(files.filter(({ bytes }) => bytes.includes(service.key)).map(({ path }) => path)).toEqual([]);
    expect(JSON.stringify(sandbox.events)).not.toContain(service.key);
  });
});

describe('who may look', () => {
  it('an agent may not', async () => {
    await expect(sandbox.call('scanFiles', {}, 'agent')).rejects.toMatchObject({ code: 'call-not-allowed' });
  });

  it('a script may: nothing of a key is in the answer', async () => {
    expect(await sandbox.call('scanFiles', {}, 'script')).toEqual({ findings: [], problems: [] });
  });
});
