import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostFiles } from '../../main/hosts/files.ts';
import type { Host, HostFile } from '../../main/hosts/host.ts';
import { type StandingKey, scanDocument } from '../../main/scan/scan-document.ts';
import { type HostSample, SAMPLE_KEY, type SampleFile } from '../fixtures/hosts/host-sample.ts';
import { diskWith, machines } from '../hosts/machines.ts';
import { configFile, rules } from './rules.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/hosts');
const CONFIGS = join(import.meta.dirname, '../fixtures/configs');

function formatOf(name: string): FormatName | null {
  if (/\.jsonc?$/.test(name)) return 'jsonc';
  return name.endsWith('.toml') ? 'toml' : /\.ya?ml$/.test(name) ? 'yaml' : null;
}

const samples: (readonly [hostId: string, name: string, file: SampleFile])[] = [];
for (const name of readdirSync(FOLDER)) {
  const path = join(FOLDER, name, 'sample.ts');
  if (!existsSync(path)) continue;
  const module: { default: HostSample } = await import(path);
  samples.push(...module.default.files.map((file) => [module.default.hostId, file.file, file] as const));
}

/** As the catalogue describes it on the first platform that has it. */
async function described(host: Host, { at }: SampleFile): Promise<HostFile> {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const machine = machines[platform];
    const place = typeof at === 'string' ? at : at[platform];
    if (place === undefined) continue;
    const project = platform === 'win32' ? 'C:\\code\\app' : '/code/app';
    const text = place.replace(/^~/, () => machine.home).replace('<project>', () => project);
    const path = platform === 'win32' ? text.replaceAll('/', '\\') : text;
    const files = await hostFiles(host, machine, [project], diskWith(platform, [path]));
    const found = files.find((one) => one.path === path);
    if (found) return found;
  }
  throw new Error(`${host.id} has no such file`);
}

async function keysIn(hostId: string, sample: SampleFile): Promise<StandingKey[]> {
  const host = catalogue.find(({ id }) => id === hostId);
  if (!host) throw new Error(`no host ${hostId}`);
  const { path, format, tables } = await described(host, sample);
  const bytes = readFileSync(join(FOLDER, hostId, sample.file));
  return scanDocument(bytes, configFile({ path, format, tables, secretFields: host.secretFields }), rules());
}

describe.each(samples)('%s: %s', (hostId, _name, sample) => {
  it('has its key told by its form wherever a patch would change it, and nowhere else but where it is outside', async () => {
    const keys = (await keysIn(hostId, sample)).filter(({ value }) => value.reveal() === SAMPLE_KEY);
    expect(keys.every(({ why }) => why.kind === 'pattern' && why.service === 'BitScale')).toBe(true);
    const inServers = keys.filter(({ where }) => where === 'server');
    expect(inServers.map(({ server, place }) => `${server} ${place}`)).toEqual(sample.sites);
    const outside = keys.filter(({ where }) => where !== 'server').map(({ where }) => where);
    expect([...new Set(outside)].sort()).toEqual([...new Set(sample.outside ?? [])].sort());
  });

  it('has nothing that only looks random', async () => {
    const random = (await keysIn(hostId, sample)).filter(({ why }) => why.kind === 'entropy');
    expect(random.map(({ value, path }) => `${path.join('.')} ${value.reveal()}`)).toEqual([]);
  });
});

describe.each(
  readdirSync(CONFIGS, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, formatOf(name)] as const)
    .filter(([, format]) => format !== null),
)('a file as a program wrote it: %s', (name, format) => {
  it('has nothing that only looks random, read as a server’s from its beginning to its end', () => {
    const file = configFile({ format: format ?? 'json', tables: 'everything', secretFields: ['*'] });
    const random = scanDocument(readFileSync(join(CONFIGS, name)), file, rules()).filter(
      ({ why }) => why.kind === 'entropy',
    );
    expect(random.map(({ value, path }) => `${path.join('.')} ${value.reveal()}`)).toEqual([]);
  });
});
