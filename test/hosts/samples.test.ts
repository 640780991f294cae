import { lstat, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostCopies } from '../../main/hosts/copies.ts';
import { detectedHosts } from '../../main/hosts/detect.ts';
import { filesOfHosts, hostFiles } from '../../main/hosts/files.ts';
import { knownProjects } from '../../main/hosts/projects.ts';
import { platformOf } from '../../main/machine.ts';
import { placeSampleHosts, type SampleKeys, type SampleService } from '../fixtures/hosts/place.ts';
import { temporaryFolder } from './machines.ts';

const keys: SampleKeys = {
  bitscale: 'sk-live-0123456789abcdef',
  lightning: 'lf_0123456789abcdef',
  log10x: '3f2c1b0a-9d8e-4f7a-8b6c-5d4e3f2a1b0c',
  a2amarket: 'ak_0123456789+/=',
};
const services = Object.keys(keys) as SampleService[];

async function sampleMachine() {
  const home = await temporaryFolder();
  const platform = platformOf(process.platform);
  const samples = await placeSampleHosts(home, platform, keys);
  return { home, samples, machine: { platform, home, env: {} } };
}

describe('a machine with six hosts', () => {
  it('is seen whole: every host, the project that Claude Code knows, every file and the copy', async () => {
    const { machine, samples } = await sampleMachine();
    const detected = await detectedHosts(catalogue, machine);
    for (const { hostId } of samples.files) expect(detected).toContain(hostId);
    const { folders, problems } = await knownProjects(catalogue, machine, []);
    expect(folders).toEqual([samples.project]);
    expect(problems).toEqual([]);
    const files = await filesOfHosts(catalogue, machine, folders);
    for (const sample of samples.files) {
      expect(files.map(({ hostId, path }) => `${hostId} ${path}`)).toContain(`${sample.hostId} ${sample.path}`);
    }
    const copies = await Promise.all(catalogue.map((host) => hostCopies(host, machine)));
    expect(copies.flat()).toEqual(samples.copies.map(({ path }) => path));
  });

  it('has each key in the server tables that the catalogue names, as often as it says, and in no comment', async () => {
    const { machine, samples } = await sampleMachine();
    const seen = new Set<string>();
    for (const host of catalogue) {
      for (const file of await hostFiles(host, machine, [samples.project])) {
        const sample = samples.files.find(({ hostId, path }) => hostId === host.id && path === file.path);
        if (!sample) continue;
        seen.add(file.path);
        const document = documentOf(await readFile(file.path, 'utf8'), file.path);
        const tables = file.tables.map((pattern) => JSON.stringify(valuesAt(document, pattern))).join();
        const all = await readFile(file.path, 'utf8');
        for (const service of services) {
          const count = sample.keys[service] ?? 0;
          expect([file.path, service, countKey(tables, keys[service])]).toEqual([file.path, service, count]);
          expect([file.path, service, countKey(all, keys[service])]).toEqual([file.path, service, count]);
        }
      }
    }
    expect(seen.size).toBe(samples.files.length);
  });

  it('has every key in several hosts, and in env, arguments, headers and URLs', async () => {
    const { samples } = await sampleMachine();
    for (const service of services) {
      expect(
        new Set(samples.files.filter(({ keys: held }) => held[service]).map(({ hostId }) => hostId)).size,
      ).toBeGreaterThan(2);
    }
    const text = (await Promise.all(samples.files.map(({ path }) => readFile(path, 'utf8')))).join('\n');
    expect(text).toContain(`"BITSCALE_API_KEY": "${keys.bitscale}"`);
    expect(text).toContain(`"--api-key=${keys.log10x}"`);
    expect(text).toContain(`"Bearer ${keys.lightning}"`);
    expect(text).toContain(`?key=${encodeURIComponent(keys.a2amarket)}"`);
    expect(text).toContain(`"BITSCALE_API_KEY=${keys.bitscale}"`);
    expect(text).not.toMatch(/sample_|-sample|samplelog10x/);
  });

  it.skipIf(process.platform === 'win32')(
    'has modes, a link, CRLF, a BOM and a missing final newline as the hosts leave them',
    async () => {
      const { home, samples } = await sampleMachine();
      const modes = await Promise.all(
        samples.files.map(async ({ path }) => [relative(home, path), (await stat(path)).mode & 0o777] as const),
      );
      expect(new Map(modes).get('.claude.json')).toBe(0o600);
      expect(new Map(modes).get('.cursor/mcp.json')).toBe(0o644);
      expect((await lstat(join(home, '.cursor/mcp.json'))).isSymbolicLink()).toBe(true);
      const windsurf = await readFile(join(home, '.codeium/windsurf/mcp_config.json'), 'utf8');
      expect(windsurf.match(/\r\n/g)?.length).toBe(windsurf.match(/\n/g)?.length);
      expect((await readFile(join(samples.project, '.mcp.json'))).subarray(0, 3)).toEqual(
        Buffer.from([0xef, 0xbb, 0xbf]),
      );
      expect((await readFile(join(home, '.claude.json'), 'utf8')).endsWith('}')).toBe(true);
    },
  );

  it('is laid out as on macOS when asked for', async () => {
    const home = await temporaryFolder();
    const { files } = await placeSampleHosts(home, 'darwin', keys);
    expect(files.map(({ path }) => relative(home, path))).toContain(
      join('Library', 'Application Support', 'Claude', 'claude_desktop_config.json'),
    );
  });
});

function documentOf(text: string, path: string): unknown {
  const errors: ParseError[] = [];
  const document: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  expect([path, errors]).toEqual([path, []]);
  return document;
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value];
  if (value === null || typeof value !== 'object') return [];
  const next = name === '*' ? Object.values(value) : [Reflect.get(value, name)];
  return next.filter((inner) => inner !== undefined).flatMap((inner) => valuesAt(inner, rest));
}

/** As it is, and percent-encoded. */
function countKey(text: string, key: string): number {
  const forms = new Set([key, encodeURIComponent(key)]);
  return [...forms].reduce((sum, form) => sum + text.split(form).length - 1, 0);
}
