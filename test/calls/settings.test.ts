import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProjectFolders } from '../../main/calls/project-folders.ts';
import type { Machine } from '../../main/machine.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const USUAL = { allowScriptedConfirmation: true, projectFolders: [], rotateEveryDays: 90, welcomed: false };

describe('the settings', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await openSandbox();
  });
  afterEach(() => sandbox.dispose());

  it('are changed one by one, kept over a restart, and told to whoever shows them', async () => {
    expect(await sandbox.call('getSettings', {})).toEqual(USUAL);
    await sandbox.call('changeSettings', { allowScriptedConfirmation: false });
    expect(sandbox.events).toContainEqual({ name: 'changed', payload: { topic: 'settings' } });
    const changed = await sandbox.call('changeSettings', { projectFolders: ['/srv/shop'] });
    expect(changed).toEqual({ ...USUAL, allowScriptedConfirmation: false, projectFolders: ['/srv/shop'] });
    await sandbox.restart();
    expect(await sandbox.call('getSettings', {})).toEqual(changed);
  });

  it.each(['script', 'agent', 'confirmation-window'] as const)('are not changed by the carrier %s', async (carrier) => {
    await expect(
      sandbox.call('changeSettings', { allowScriptedConfirmation: false, projectFolders: ['/srv/shop'] }, carrier),
    ).rejects.toMatchObject({ code: 'call-not-allowed' });
    expect(await sandbox.call('getSettings', {})).toEqual(USUAL);
  });

  it.each(['window', 'page', 'terminal'] as const)('are changed by a person with the carrier %s', async (carrier) => {
    await sandbox.call('changeSettings', { allowScriptedConfirmation: false }, carrier);
    expect(await sandbox.call('getSettings', {})).toEqual({ ...USUAL, allowScriptedConfirmation: false });
    const [entry] = await sandbox.call('listActivity', {});
    expect(entry).toMatchObject({ kind: 'settings-changed', who: carrier, detail: 'allowScriptedConfirmation' });
  });

  const long = `/${'a'.repeat(4_096)}`;
  it.each([
    ['a relative folder', ['/srv/shop', 'src/site'], 'settings-folder-not-absolute', '“src/site”'],
    ['a folder that only a shell would understand', ['~/shop'], 'settings-folder-not-absolute', '“~/shop”'],
    ['an empty name', [''], 'settings-folder-not-absolute', '“”'],
    ['a folder of another platform', ['C:\\shop'], 'settings-folder-not-absolute', '“C:\\shop”'],
    ['a folder with a name that is too long', [long], 'settings-folder-too-long', '“/aaaa'],
    ['the same folder twice', ['/srv/shop', '/srv/site', '/srv/shop'], 'settings-folder-twice', '“/srv/shop”'],
    [
      'the same folder written in another way',
      ['/srv/shop', '/srv/./shop/'],
      'settings-folder-twice',
      '“/srv/./shop/”',
    ],
    ['too many folders', Array.from({ length: 1_001 }, (_, n) => `/srv/${n}`), 'settings-too-many-folders', '1001'],
  ])('refuse %s, say which it is, and stay as they were', async (_, projectFolders, code, names) => {
    const failure = sandbox.call('changeSettings', { allowScriptedConfirmation: false, projectFolders });
    await expect(failure).rejects.toMatchObject({ code, wayOut: expect.stringMatching(/\w/) });
    await expect(failure).rejects.toThrow(names);
    await expect(failure).rejects.toThrow('Nothing was changed.');
    expect(await sandbox.call('getSettings', {})).toEqual(USUAL);
  });

  it('take as many and as long folders as they say', async () => {
    const projectFolders = [long.slice(0, 4_096), ...Array.from({ length: 999 }, (_, n) => `/srv/${n}`)];
    expect(await sandbox.call('changeSettings', { projectFolders })).toMatchObject({ projectFolders });
  });

  it('with a bad folder written by hand can be mended one by one', async () => {
    const file = join(sandbox.rekey.dataFolder, 'settings.json');
    await writeFile(file, JSON.stringify({ ...USUAL, projectFolders: ['shop', 'site', '/srv/logs'] }));
    await sandbox.call('changeSettings', { projectFolders: ['site', '/srv/logs'] });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ projectFolders: ['site', '/srv/logs'] });
  });
});

describe('on Windows', () => {
  const machine: Machine = { platform: 'win32', home: 'C:\\Users\\sam', env: {} };

  it.each([['C:\\shop'], ['D:/shop'], ['\\\\server\\share\\shop']])('%s is a whole path', (folder) => {
    expect(() => checkProjectFolders([folder], [], machine)).not.toThrow();
  });

  it.each([['shop'], ['C:shop'], ['~\\shop']])('%s is none', (folder) => {
    expect(() => checkProjectFolders([folder], [], machine)).toThrow(`“${folder}”`);
  });

  it('the case of letters and the kind of separators make no other folder', () => {
    expect(() => checkProjectFolders(['C:\\Shop', 'c:/shop/'], [], machine)).toThrow('already');
  });
});

describe('a project folder that a person added', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    folder = join(sandbox.home, 'proj', 'shop');
    file = join(folder, '.mcp.json');
    await mkdir(folder, { recursive: true });
    const env = { BITSCALE_API_KEY: service.key };
    await writeFile(file, JSON.stringify({ mcpServers: { bitscale: { command: 'npx', args: [], env } } }));
    await sandbox.call('addCredential', {
      name: 'work',
      provider: 'bitscale',
      key: service.key,
      baseUrl: service.url,
    });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const seen = async () => ({
    hosts: (await sandbox.call('listHosts', {})).flatMap(({ sites }) => sites.map((site) => site.file)),
    plan: (await sandbox.call('planRotation', { credential: 'work' })).sites.map((site) => site.file),
  });

  it('is looked into by the hosts and by the plan from then on, and no longer once it is removed', async () => {
    expect(await seen()).toEqual({ hosts: [], plan: [] });
    await sandbox.call('changeSettings', { projectFolders: [folder] });
    const { hosts, plan } = await seen();
    expect(new Set(hosts)).toEqual(new Set([file]));
    expect(plan).toEqual([file]);
    await sandbox.call('changeSettings', { projectFolders: [] });
    expect(await seen()).toEqual({ hosts: [], plan: [] });
  });

  it('gets the new key', async () => {
    await sandbox.call('changeSettings', { projectFolders: [folder] });
    await sandbox.rotate('work');
    expect(await readFile(file, 'utf8')).toContain(service.key);
  });

  it('that is not there harms nothing', async () => {
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'gone'), folder] });
    expect((await seen()).plan).toEqual([file]);
  });
});
