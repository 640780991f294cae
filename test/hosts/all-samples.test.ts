import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostFiles } from '../../main/hosts/files.ts';
import type { Host, HostFile } from '../../main/hosts/host.ts';
import { pathsOf } from '../../main/hosts/paths.ts';
import type { Machine, Platform } from '../../main/machine.ts';
import { AWKWARD, NEW } from '../configs/samples.ts';
import { SAMPLE_KEY, type SampleFile } from '../fixtures/hosts/host-sample.ts';
import { allSamples } from '../fixtures/hosts/place-all.ts';
import { diskWith, machines } from './machines.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/hosts');
const PLATFORMS: readonly Platform[] = ['darwin', 'win32', 'linux'];

const samples = await allSamples();

const projectOf: Readonly<Record<Platform, string>> = {
  darwin: '/code/app',
  win32: 'C:\\code\\app',
  linux: '/code/app',
};

/** The path of a sample on a platform, null where the host has none there. */
function placed(at: SampleFile['at'], machine: Machine): string | null {
  const text = typeof at === 'string' ? at : at[machine.platform];
  if (text === undefined) return null;
  return pathsOf(machine).normalize(
    text.replace(/^~/, () => machine.home).replace('<project>', () => projectOf[machine.platform]),
  );
}

/** The file of the catalogue that is this sample, as it is described on each platform that has it. */
async function described(host: Host, sample: SampleFile): Promise<HostFile[]> {
  const found: HostFile[] = [];
  for (const platform of PLATFORMS) {
    const machine = machines[platform];
    const path = placed(sample.at, machine);
    if (path === null) continue;
    const files = await hostFiles(host, machine, [projectOf[platform]], diskWith(platform, [path]));
    const file = files.find((one) => one.path === path);
    if (!file) throw new Error(`${host.id} has no ${path} on ${platform}`);
    found.push(file);
  }
  return found;
}

function find(bytes: Buffer, file: HostFile, key: string): Findings {
  const needles = [{ role: 'key', value: new Secret(key) }];
  return findSites(bytes, file.format, { needles, tables: file.tables, envNames: [], companions: [] }, file.path);
}

function replaced(bytes: Buffer, file: HostFile, key: string): Buffer {
  const { sites } = find(bytes, file, SAMPLE_KEY);
  return patch(
    bytes,
    file.format,
    sites.map((site) => ({ site, value: new Secret(key) })),
    file.path,
  );
}

/** Notations with places that not every text fits into. */
const REFUSING: readonly string[] = ['xml', 'dotenv'];

function orRefusal(work: () => Buffer): Buffer | ConfigError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

const placesOf = ({ sites }: Findings): string[] => sites.map(({ server, place }) => `${server} ${place}`);

describe.each(
  [...samples.values()].flatMap((sample) => sample.files.map((file) => [sample.hostId, file.file, file] as const)),
)('%s: %s', (hostId, _name, sample) => {
  const host = catalogue.find(({ id }) => id === hostId);
  const bytes = readFileSync(join(FOLDER, hostId, sample.file));

  it('is where the catalogue looks, on every platform that has it', async () => {
    if (!host) throw new Error(`no host ${hostId}`);
    expect((await described(host, sample)).length).toBeGreaterThan(0);
  });

  it('has its servers and its keys found, and nothing but the key changed', async () => {
    if (!host) throw new Error(`no host ${hostId}`);
    const [file] = await described(host, sample);
    if (!file) throw new Error('nowhere');
    const found = find(bytes, file, SAMPLE_KEY);
    expect([...new Set(found.servers)]).toEqual(sample.servers);
    expect(placesOf(found)).toEqual(sample.sites);
    expect(found.outside.map(({ where }) => where)).toEqual(sample.outside ?? []);

    const plain = replaced(bytes, file, NEW);
    expect(placesOf(find(plain, file, NEW))).toEqual(sample.sites);
    expect(plain.length - bytes.length).toBeLessThanOrEqual((NEW.length - SAMPLE_KEY.length) * sample.sites.length);
    expect(replaced(plain, file, NEW)).toEqual(plain);
  });

  it('takes a key with every kind of mark in it, or refuses it and changes nothing', async () => {
    if (!host) throw new Error(`no host ${hostId}`);
    const [file] = await described(host, sample);
    if (!file) throw new Error('nowhere');
    const awkward = orRefusal(() => replaced(bytes, file, AWKWARD));
    if (awkward instanceof ConfigError) {
      expect([awkward.code, REFUSING.includes(file.format)]).toEqual(['patch-refused', true]);
    } else {
      expect(placesOf(find(awkward, file, AWKWARD))).toEqual(sample.sites);
    }
  });
});

describe('every host with a file', () => {
  it('has a sample of it', () => {
    const without = catalogue.filter(({ id, files }) => files.length > 0 && !samples.has(id)).map(({ id }) => id);
    expect(without).toEqual([]);
  });
});
