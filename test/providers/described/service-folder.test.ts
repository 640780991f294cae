import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceFolder } from '../../../main/providers/described/service-folder.ts';
import { builtInProviders, ProviderRegistry } from '../../../main/providers/registry.ts';
import { changed, exampleText } from './example.ts';

let home: string;
let folder: string;
let registry: ProviderRegistry;
let services: ServiceFolder;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
  folder = join(home, 'services');
  registry = new ProviderRegistry(builtInProviders);
  services = new ServiceFolder(folder, registry);
  await services.load();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const inFolder = (name: string): string => join(folder, name);

async function put(name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(inFolder(name), text);
}

describe('the folder of described services', () => {
  it('is not needed before there is one', async () => {
    expect([services.services, services.broken]).toEqual([[], []]);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps a description as it was written, for its owner only, and makes it a provider', async () => {
    const text = exampleText('in-place').replaceAll('\n', '\r\n');
    const saved = await services.save(text, false);
    expect(saved).toMatchObject({ id: 'quill-mail', file: inFolder('quill-mail.json'), text });
    expect(await readFile(saved.file, 'utf8')).toBe(text);
    expect((await stat(saved.file)).mode & 0o777).toBe(0o600);
    expect(registry.get('quill-mail')).toMatchObject({ name: 'Quill Mail', strategy: 'in-place' });
    expect(registry.view(registry.get('quill-mail'))).toMatchObject({ origin: 'described', verifies: true });
    expect(registry.view(registry.get('bitscale'))).toMatchObject({ origin: 'built-in' });
    expect(await readdir(folder)).toEqual(['quill-mail.json']);
  });

  it('is read again at the next start', async () => {
    await services.save(exampleText('by-hand'), false);
    const next = new ProviderRegistry(builtInProviders);
    await new ServiceFolder(folder, next).load();
    expect(next.all().map(({ id }) => id)).toEqual([...builtInProviders.map(({ id }) => id), 'lantern-search']);
  });

  it('takes a description of the same id only when it is to replace the other', async () => {
    await services.save(exampleText('in-place'), false);
    const other = changed('in-place', { name: 'Quill Post' });
    await expect(services.save(other, false)).rejects.toMatchObject({ code: 'service-exists' });
    expect(registry.get('quill-mail').name).toBe('Quill Mail');
    await services.save(other, true);
    expect(registry.get('quill-mail').name).toBe('Quill Post');
  });

  it.each([
    [{ id: 'bitscale' }, 'id', /of a service which Rekey knows by itself/],
    [{ name: 'bitscale' }, 'name', /the name of another service/],
    [{ name: 'Lantern search' }, 'name', /the name of another service/],
  ])('takes no description with %j', async (change, field, message) => {
    await services.save(exampleText('by-hand'), false);
    const text = changed('in-place', change);
    const line = text.split('\n').findIndex((one) => one.includes(`"${field}":`)) + 1;
    expect(services.check(text).problems).toEqual([{ line, field, message: expect.stringMatching(message) }]);
    await expect(services.save(text, true)).rejects.toMatchObject({
      code: 'service-invalid',
      message: expect.stringMatching(new RegExp(`line ${line}, ${field}: `)),
    });
    expect(await readdir(folder)).toEqual(['lantern-search.json']);
  });

  it('tells at most eight problems in one sentence, with their lines', async () => {
    const failure = await services.save('{\n"strategy": "manual"\n}', false).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'service-invalid',
      message: expect.stringMatching(/line 1, version: is missing; .*Nothing was stored\.$/),
    });
    const many = changed('in-place', { settings: Array.from({ length: 9 }, () => ({ name: 'A' })) });
    await expect(services.save(many, false)).rejects.toMatchObject({
      message: expect.stringMatching(/; and \d+ more\. Nothing/),
    });
  });

  it('removes one, and knows none of another name', async () => {
    await services.save(exampleText('in-place'), false);
    for (const id of ['lantern-search', '', '.', '../services/quill-mail', 'bitscale']) {
      await expect(services.remove(id)).rejects.toMatchObject({ code: 'service-unknown' });
    }
    await services.remove('quill-mail');
    expect(registry.find('quill-mail')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that it can’t be written, with nothing changed', async () => {
    await writeFile(folder, 'a file where the folder belongs');
    await expect(services.save(exampleText('in-place'), false)).rejects.toMatchObject({ code: 'service-unwritable' });
    expect(registry.find('quill-mail')).toBeNull();
  });

  it('does one thing after the other', async () => {
    const texts = ['one', 'two', 'three'].map((id) => changed('by-hand', { id, name: id }));
    await Promise.all(texts.map((text) => services.save(text, false)));
    await Promise.all([services.remove('one'), services.save(changed('by-hand', { id: 'four', name: 'four' }), false)]);
    expect(services.services.map(({ id }) => id)).toEqual(['four', 'three', 'two']);
    const again = await Promise.allSettled([
      services.save(texts[0] ?? '', false),
      services.save(texts[0] ?? '', false),
    ]);
    expect(again.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a file in it that can’t be used', () => {
  const GOOD = exampleText('by-hand');

  it.each([
    ['broken.json', '{\n  "version": 1\n', [{ line: 3, field: '', message: 'a } is missing' }]],
    ['quill-mail.json', changed('in-place', { version: 9 }), [{ line: 2, field: 'version', message: 'must be 1' }]],
    ['other.json', exampleText('in-place'), [{ line: 1, field: 'id', message: 'is not the name of its file' }]],
    [
      'bitscale.json',
      changed('in-place', { id: 'bitscale' }),
      [{ line: 1, field: 'id', message: expect.stringMatching(/Rekey knows by itself/) }],
    ],
    ['long.json', ' '.repeat(70_000), [{ line: 1, field: '', message: 'it is too long' }]],
    ['longer.json', ' '.repeat(300_000), [{ line: 1, field: '', message: 'it is too long' }]],
  ])('(%s) is told with its lines, and left as it is', async (name, text, problems) => {
    await put('lantern-search.json', GOOD);
    await put(name, text);
    await services.load();
    expect(services.broken).toMatchObject([{ id: name.replace('.json', ''), file: inFolder(name), problems }]);
    expect(services.services.map(({ id }) => id)).toEqual(['lantern-search']);
    expect(await readFile(inFolder(name), 'utf8')).toBe(text);
    expect((await readdir(folder)).sort()).toEqual(['lantern-search.json', name].sort());
    expect(registry.all()).toHaveLength(builtInProviders.length + 1);
  });

  it('may be a folder, or a link to nothing', async () => {
    await mkdir(inFolder('a.json'), { recursive: true });
    await symlink(join(home, 'nowhere'), inFolder('b.json'));
    await services.load();
    expect(services.broken.map(({ id, text, problems }) => [id, text, problems[0]?.message])).toEqual([
      ['a', null, 'it can’t be read (EISDIR)'],
      ['b', null, 'it can’t be read (ENOENT)'],
    ]);
  });

  it('is told where the folder itself can’t be read', async () => {
    await writeFile(folder, '');
    await services.load();
    expect(services.broken).toMatchObject([{ file: folder, problems: [{ message: 'it can’t be read (ENOTDIR)' }] }]);
  });

  it('takes no notice of files that are none of its own', async () => {
    await put('lantern-search.json', GOOD);
    await put('lantern-search.json.1234.tmp', 'half');
    await put('README.md', 'my services');
    await services.load();
    expect(services.broken).toEqual([]);
  });

  it('can be put right, and can be removed', async () => {
    await put('lantern-search.json', '{');
    await put('spoilt.json', '{');
    await services.load();
    await expect(services.save(GOOD, false)).rejects.toMatchObject({ code: 'service-exists' });
    await services.save(GOOD, true);
    await services.remove('spoilt');
    expect([services.services.map(({ id }) => id), services.broken]).toEqual([['lantern-search'], []]);
  });
});
