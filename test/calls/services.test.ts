import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeService } from '../fakes/service.ts';
import { changed, exampleText } from '../providers/described/example.ts';
import { HarborMetrics, LanternSearch, QuillMail } from '../providers/described/stand-ins.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let sandbox: Sandbox;
const running: FakeService[] = [];
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(async () => {
  await sandbox.dispose();
  for (const service of running.splice(0)) await service.stop();
});

async function started<T extends FakeService>(service: T): Promise<T> {
  running.push(service);
  return service.listen();
}

function save(text: string, replace = false) {
  return sandbox.call('saveService', { draft: { text }, replace });
}

/** A config of Claude Desktop with this key in it. */
async function configWith(name: string, key: string): Promise<() => Promise<string>> {
  const file = join(sandbox.home, '.config', 'Claude', 'claude_desktop_config.json');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify({ mcpServers: { one: { command: 'npx', env: { [name]: key } } } }, null, 2));
  return () => readFile(file, 'utf8');
}

async function notices() {
  return (await sandbox.call('getStatus', {})).notices;
}

const stored = (id: string): string => join(sandbox.home, 'rekey', 'services', `${id}.json`);

describe('a service that is described by data', () => {
  it('rotates a key like any other, from its file to the hosts’ files', async () => {
    const quill = await started(new QuillMail());
    const old = quill.key;
    await save(exampleText('in-place'));
    expect((await sandbox.call('listProviders', {})).at(-1)).toMatchObject({
      id: 'quill-mail',
      origin: 'described',
      strategy: 'in-place',
      verifies: true,
    });
    const read = await configWith('QUILL_API_KEY', old);
    const settings = { workspace: 'north wind' };
    const added = await sandbox.call('addCredential', {
      name: 'post',
      provider: 'quill-mail',
      key: old,
      baseUrl: quill.url,
      settings,
    });
    expect(added).toMatchObject({
      providerName: 'Quill Mail',
      verification: { state: 'accepted', account: 'North Wind' },
      state: 'ok',
    });
    const rotation = await sandbox.rotate('post');
    expect(rotation).toMatchObject({ outcome: 'done', provider: { id: 'quill-mail', name: 'Quill Mail' } });
    expect(quill.rotationRequests).toBe(1);
    expect(await read()).toContain(quill.key);
    expect(await read()).not.toContain(old);
  });

  it('makes a second key and revokes the first one', async () => {
    const harbor = await started(new HarborMetrics());
    const old = harbor.tokens[0]?.secret ?? '';
    await save(exampleText('overlap'));
    const read = await configWith('HARBOR_TOKEN', old);
    await sandbox.call('addCredential', {
      name: 'metrics',
      provider: 'harbor-metrics',
      key: old,
      baseUrl: harbor.url,
      settings: { key_name: 'laptop' },
    });
    const { id, plan } = await sandbox.call('requestRotation', { credential: 'metrics' });
    const { rotationId } = await sandbox.call('approve', { id, planHash: plan.hash, graceMinutes: 0 });
    const rotation = await sandbox.settled(rotationId ?? '');
    expect(rotation).toMatchObject({ outcome: 'done', strategy: 'overlap', revocation: { state: 'revoked' } });
    expect(harbor.tokens.map(({ label }) => label)).toEqual(['office', expect.stringMatching(/^rekey /)]);
    expect(await read()).toContain(harbor.tokens.at(-1)?.secret);
  });

  it('takes a key that was made by hand, and puts it where the old one stood', async () => {
    const lantern = await started(new LanternSearch());
    const [old = ''] = lantern.keys;
    await save(exampleText('by-hand'));
    const read = await configWith('LANTERN_API_KEY', old);
    await sandbox.call('addCredential', { name: 'search', provider: 'lantern-search', key: old, baseUrl: lantern.url });
    const waiting = await sandbox.rotate('search');
    expect(waiting).toMatchObject({ way: 'by-hand', waiting: { on: 'person' } });
    const fresh = lantern.makeKey();
    await sandbox.call('adoptKey', { id: waiting.id, key: fresh });
    await expect.poll(async () => (await sandbox.call('getRotation', { id: waiting.id })).step).toBe('ended');
    expect(await read()).toContain(fresh);
    expect(await read()).not.toContain(old);
  });

  it('is there again after a restart', async () => {
    await save(exampleText('by-hand'));
    await sandbox.restart();
    expect((await sandbox.call('listServices', {})).services).toMatchObject([
      {
        id: 'lantern-search',
        name: 'Lantern Search',
        file: stored('lantern-search'),
        usedBy: [],
        text: exampleText('by-hand'),
      },
    ]);
  });

  it('is told to whoever shows services, and noted in the activity', async () => {
    await save(exampleText('by-hand'));
    await sandbox.call('removeService', { id: 'lantern-search' });
    const topics = sandbox.events.flatMap((event) => (event.name === 'changed' ? [event.payload.topic] : []));
    expect(topics).toEqual(expect.arrayContaining(['services', 'hosts']));
    expect(await sandbox.call('listActivity', {})).toMatchObject([
      { kind: 'service-removed', detail: 'lantern-search' },
      { kind: 'service-saved', detail: 'lantern-search', who: 'page' },
    ]);
  });

  it('is checked without being kept', async () => {
    const draft = { text: changed('by-hand', { version: 7 }) };
    expect(await sandbox.call('checkService', { draft })).toMatchObject({ problems: [{ line: 2, field: 'version' }] });
    expect(await sandbox.call('checkService', { draft: { text: exampleText('by-hand') } })).toEqual({
      id: 'lantern-search',
      name: 'Lantern Search',
      replaces: false,
      problems: [],
    });
    expect((await sandbox.call('listServices', {})).services).toEqual([]);
  });
});

describe('a service that is described in a form', () => {
  const form = {
    name: ' Lantern Searché ',
    page: 'https://lantern.example.com/keys',
    envNames: ['LANTERN_API_KEY', ' '],
    verify: {
      url: 'https://api.lantern.example.com/v2/me?full=1',
      header: 'X-Key',
      value: 'Key {key}',
      has: 'profile',
    },
  };

  it('becomes the same description that a person could have written', async () => {
    const { text, ...view } = await sandbox.call('saveService', { draft: { form } });
    expect(view).toMatchObject({ id: 'lantern-searche', name: 'Lantern Searché', strategy: 'manual', verifies: true });
    expect(JSON.parse(text)).toEqual({
      version: 1,
      id: 'lantern-searche',
      name: 'Lantern Searché',
      page: 'https://lantern.example.com/keys',
      baseUrls: ['https://api.lantern.example.com'],
      envNames: ['LANTERN_API_KEY'],
      key: { pattern: '[\\w.~+/=:|@-]{8,500}' },
      strategy: 'manual',
      verify: { method: 'GET', path: '/v2/me?full=1', headers: { 'X-Key': 'Key {key}' }, has: 'profile' },
    });
    expect(await readFile(stored('lantern-searche'), 'utf8')).toBe(text);
    expect(await sandbox.call('checkService', { draft: { text } })).toMatchObject({ problems: [], replaces: true });
  });

  it('needs no call to verify', async () => {
    const { verify: _, ...plain } = form;
    const view = await sandbox.call('saveService', { draft: { form: plain } });
    expect(view).toMatchObject({ verifies: false });
    const added = await sandbox.call('addCredential', { name: 'a', provider: view.id, key: 'whatever-it-is' });
    expect(added).toMatchObject({ baseUrl: 'https://lantern.example.com/', verification: { state: 'unknown' } });
  });

  it.each([
    [{ name: '' }, ['name']],
    [{ page: 'lantern' }, ['page']],
    [{ envNames: [] }, ['envNames']],
    [{ envNames: ['A B'] }, ['envNames[0]']],
    [{ pattern: '(a+)+' }, ['key.pattern']],
    [{ verify: { ...form.verify, url: 'http://api.example.com/me' } }, ['baseUrls[0]']],
    [{ verify: { ...form.verify, url: 'https://ada:pw@api.example.com/me' } }, ['baseUrls[0]']],
    [{ verify: { ...form.verify, value: 'Bearer sk-live-0123456789' } }, ['verify']],
    [{ verify: { ...form.verify, header: 'X Key' } }, ['verify.headers.…']],
    [{ verify: { ...form.verify, has: 'a b' } }, ['verify.has']],
  ])('with %j is refused at the field', async (change, fields) => {
    const draft = { form: { ...form, ...change } };
    const { problems } = await sandbox.call('checkService', { draft });
    expect(problems.map(({ field }) => field)).toEqual(fields);
    await expect(sandbox.call('saveService', { draft })).rejects.toMatchObject({ code: 'service-invalid' });
    await expect(sandbox.call('saveService', { draft })).rejects.not.toThrow(/0123456789/);
  });

  it('gets an id of its own, where another service has that already', async () => {
    const ids: string[] = [];
    for (const name of ['Bit–Scale', 'BIT scale!', 'bit: scale', '办公室'])
      ids.push((await sandbox.call('saveService', { draft: { form: { ...form, name } } })).id);
    expect(ids).toEqual(['bit-scale', 'bit-scale-2', 'bit-scale-3', 'service']);
  });
});

describe('a service that keys are of', () => {
  let lantern: LanternSearch;
  beforeEach(async () => {
    lantern = await started(new LanternSearch());
    await save(exampleText('by-hand'));
    const key = lantern.keys[0] ?? '';
    await sandbox.call('addCredential', { name: 'search', provider: 'lantern-search', key, baseUrl: lantern.url });
  });

  it('can’t be removed, and the keys are named', async () => {
    await expect(sandbox.call('removeService', { id: 'lantern-search' })).rejects.toMatchObject({
      code: 'service-in-use',
      message: expect.stringContaining('“search”'),
    });
    expect((await sandbox.call('listServices', {})).services).toMatchObject([{ usedBy: ['search'] }]);
    await sandbox.call('removeCredential', { credential: 'search' });
    expect(await sandbox.call('removeService', { id: 'lantern-search' })).toEqual({ removed: 'Lantern Search' });
  });

  it('can’t be described anew while one of them is rotated', async () => {
    const waiting = await sandbox.rotate('search');
    expect(waiting.waiting).not.toBeNull();
    await expect(save(exampleText('by-hand'), true)).rejects.toMatchObject({ code: 'service-rotating' });
    await sandbox.call('giveUpRotation', { id: waiting.id });
    await save(exampleText('by-hand'), true);
  });

  it('may lose its file: its keys are still listed, and whatever needs the service says so', async () => {
    const read = await configWith('LANTERN_API_KEY', lantern.keys[0] ?? '');
    await rm(stored('lantern-search'));
    await sandbox.restart();
    expect(await sandbox.call('listCredentials', {})).toMatchObject([
      { name: 'search', providerName: 'lantern-search', state: 'needs-you' },
    ]);
    expect(await notices()).toMatchObject([
      {
        code: 'service-unknown',
        message: expect.stringMatching(/“search”: the service “lantern-search” is not described/),
      },
    ]);
    for (const call of ['verifyCredential', 'planRotation', 'requestRotation'] as const) {
      await expect(sandbox.call(call, { credential: 'search' })).rejects.toMatchObject({
        code: 'provider-unknown',
        wayOut: expect.stringContaining('describe the service'),
      });
    }
    expect(await sandbox.call('scanFiles', {})).toMatchObject({
      findings: [{ why: { kind: 'known', credential: 'search' } }],
      problems: [],
    });
    const hosts = await sandbox.call('listHosts', {});
    expect(hosts.flatMap(({ sites }) => sites)).toMatchObject([{ credential: 'search' }]);
    expect(await read()).toContain(lantern.keys[0]);
    await save(exampleText('by-hand'));
    expect(await sandbox.call('verifyCredential', { credential: 'search' })).toMatchObject({ state: 'accepted' });
    expect(await notices()).toEqual([]);
  });

  it('may have a broken file, which is told with its line and left as it is', async () => {
    const broken = exampleText('by-hand').replace('"manual"', '"by hand"');
    await writeFile(stored('lantern-search'), broken);
    await sandbox.restart();
    const line = broken.split('\n').findIndex((one) => one.includes('"by hand"')) + 1;
    expect((await notices())[0]).toMatchObject({
      code: 'service-broken',
      message: expect.stringContaining(
        `${stored('lantern-search')} can’t be used: line ${line}, strategy: must be one of`,
      ),
    });
    expect(await readFile(stored('lantern-search'), 'utf8')).toBe(broken);
    expect((await sandbox.call('listCredentials', {}))[0]).toMatchObject({ state: 'needs-you' });
    await expect(sandbox.call('removeService', { id: 'lantern-search' })).rejects.toMatchObject({
      code: 'service-in-use',
    });
    await save(exampleText('by-hand'), true);
    expect((await sandbox.call('listCredentials', {}))[0]).toMatchObject({ state: 'ok' });
    expect(await notices()).toEqual([]);
  });

  it('may lose its file in the middle of a rotation, which goes on when it is back', async () => {
    const waiting = await sandbox.rotate('search');
    await rm(stored('lantern-search'));
    await sandbox.restart();
    expect(await sandbox.call('getRotation', { id: waiting.id })).toMatchObject({ step: waiting.step });
    const key = lantern.makeKey();
    await expect(sandbox.call('adoptKey', { id: waiting.id, key })).rejects.toMatchObject({ code: 'provider-unknown' });
    await writeFile(stored('lantern-search'), exampleText('by-hand'));
    await sandbox.restart();
    await sandbox.call('adoptKey', { id: waiting.id, key });
    await expect.poll(async () => (await sandbox.call('getRotation', { id: waiting.id })).outcome).toMatch(/^done/);
  });
});

describe('whoever is no person', () => {
  it.each([
    ['agent', 'saveService'],
    ['agent', 'removeService'],
    ['agent', 'checkService'],
    ['agent', 'listServices'],
    ['script', 'saveService'],
    ['script', 'removeService'],
    ['confirmation-window', 'saveService'],
  ] as const)('(%s) can’t call %s', async (carrier, call) => {
    const input = { draft: { text: exampleText('by-hand') }, id: 'lantern-search' };
    await expect(
      sandbox.rekey.core.callUntyped(call, input, { carrier, program: null, pid: null, client: null }),
    ).rejects.toMatchObject({
      code: 'call-not-allowed',
    });
  });
});
