import { execFileSync } from 'node:child_process';
import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { isRoot } from '../configs/nobody.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { RekeyProcess } from '../sandbox/rekey-process.ts';
import {
  ACCOUNT,
  BY_MOUNTS,
  BY_RIGHTS,
  type Fault,
  FROM_THE_BEGINNING,
  mcpJson,
  outside,
  TOO_LATE,
  TOO_LATE_BY_MOUNTS,
  tomlOf,
  unmount,
} from './faults.ts';
import { WORDS } from './words.ts';

const DELAYS = { verifyRetry: 20, doubtRecheck: 20, lookAgain: 20 };
const canMount = isRoot && mounts();
const early = [...FROM_THE_BEGINNING, ...(isRoot ? BY_RIGHTS : []), ...(canMount ? BY_MOUNTS : [])];
const late = [...TOO_LATE, ...(canMount ? TOO_LATE_BY_MOUNTS : [])];

describe('a rotation over a home with files of every bad kind', () => {
  let service: FakeBitscale;
  let home: string;
  let rekey: RekeyProcess;
  let old: string;
  /** What each file is when all is well, by its path. */
  const texts = new Map<string, string>();
  const pathOf = ({ name, file }: Fault): string => join(home, name, file);

  beforeEach(async () => {
    service = await startBitscale();
    old = service.key;
    home = mkdtempSync(join(tmpdir(), 'rekey-'));
    lay('.cursor/mcp.json', mcpJson(old));
    lay('.codex/config.toml', tomlOf(old));
    lay('.config/goose/config.yaml', `extensions:\n  bitscale:\n    envs:\n      BITSCALE_API_KEY: ${old}\n`);
    lay('deep/.mcp.json', deepJson(old));
    const projects = Object.fromEntries(
      [...early, ...late].map(({ name }) => [join(home, name), {}]).concat([[join(home, 'deep'), {}]]),
    );
    lay('.claude.json', JSON.stringify({ projects, ...JSON.parse(mcpJson(old)) }));
    for (const fault of [...early, ...late]) {
      mkdirSync(dirname(pathOf(fault)), { recursive: true });
      fault.before?.(pathOf(fault));
      lay(join(fault.name, fault.file), (fault.write ?? mcpJson)(old));
    }
    if (ACCOUNT !== undefined) execFileSync('chown', ['-R', `${ACCOUNT}:${ACCOUNT}`, home]);
    for (const fault of early) make(fault);
    const before = new URL('rename-faults.ts', import.meta.url);
    rekey = await RekeyProcess.start(home, DELAYS, { account: ACCOUNT, before });
    await rekey.call('chooseKeychain', { kind: 'file', passphrase: 'correct horse battery' });
    await rekey.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await rekey.stop();
    await service.stop();
    if (canMount) unmount(home);
    rmSync(home, { recursive: true, force: true });
    rmSync(outside(join(home, 'x', '.mcp.json')), { force: true });
  });

  it('tells each of them in words, changes none, does all others, and does the rest when they are mended', async () => {
    const good = [
      '.claude.json',
      '.cursor/mcp.json',
      '.codex/config.toml',
      '.config/goose/config.yaml',
      'deep/.mcp.json',
    ].map((name) => join(home, name));
    const readable = [...early.filter(({ isReadable }) => isReadable), ...late].map(pathOf);

    const { plan, id } = await rekey.call('requestRotation', { credential: 'work' });
    const problems = plan.findings.flatMap((finding) => (finding.kind === 'problem' ? [finding] : []));
    expect(problems.map(({ file }) => file).sort()).toEqual(early.map(pathOf).sort());
    expect(new Set(plan.sites.map(({ file }) => file))).toEqual(new Set([...good, ...readable]));
    expect(said(early, (path) => problems.find(({ file }) => file === path)?.problem)).toEqual(wordsFor(early));

    const asTheyWere = new Map(early.map((fault) => [pathOf(fault), stateOf(pathOf(fault))]));
    service.fail({ answersAfterMs: 1_500 });
    const { rotationId } = await rekey.call('approve', { id, planHash: plan.hash });
    await expect.poll(() => service.rotationRequests).toBe(1);
    for (const fault of late) {
      make(fault);
      asTheyWere.set(pathOf(fault), stateOf(pathOf(fault)));
    }
    const ended = await settled(rotationId ?? '');

    expect(ended).toMatchObject({ outcome: 'done-in-part', problem: { code: 'sites-left' } });
    for (const path of good) expect(readFileSync(path, 'utf8')).toBe(texts.get(path)?.replaceAll(old, service.key));
    expect(temporaryFiles(home)).toEqual([]);
    for (const [path, state] of asTheyWere) expect({ path, ...stateOf(path) }).toEqual({ path, ...state });
    const left = ended.sites.filter(({ state }) => state !== 'patched');
    expect(left.map(({ site }) => site.file).sort()).toEqual(readable.sort());
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['to-do']));
    const seen = [...early.filter(({ isReadable }) => isReadable), ...late];
    expect(said(seen, (path) => left.find(({ site }) => site.file === path)?.problem)).toEqual(wordsFor(seen));

    for (const fault of [...early, ...late]) fault.mend(pathOf(fault), texts.get(pathOf(fault)) ?? '');
    await rekey.call('resumeRotation', { id: ended.id });
    const now = async () => {
      const { outcome, sites } = await rekey.call('getRotation', { id: ended.id });
      return { outcome, left: sites.filter(({ state }) => state !== 'patched').map(({ site }) => site.file) };
    };
    await expect.poll(now, { timeout: 30_000 }).toEqual({ outcome: 'done', left: [] });
    for (const [path, text] of texts) expect(readFileSync(path, 'utf8')).toBe(text.replaceAll(old, service.key));
    expect(temporaryFiles(home)).toEqual([]);
    expect(service.rotations).toBe(1);
  }, 120_000);

  function lay(name: string, text: string): void {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (ACCOUNT !== undefined) chownSync(path, ACCOUNT, ACCOUNT);
    texts.set(path, text);
  }

  function make(fault: Fault): void {
    fault.make(pathOf(fault), texts.get(pathOf(fault)) ?? '');
  }

  async function settled(id: string): Promise<Rotation> {
    await expect
      .poll(async () => (await rekey.call('getRotation', { id })).outcome, { timeout: 30_000 })
      .not.toBe(null);
    return rekey.call('getRotation', { id });
  }

  /** What is said of each fault, by its name. */
  function said(
    faults: readonly Fault[],
    problemOf: (path: string) => { code: string; message: string; wayOut: string } | null | undefined,
  ): Record<string, readonly string[]> {
    return Object.fromEntries(
      faults.map((fault) => {
        const path = pathOf(fault);
        const { code, message, wayOut } = problemOf(path) ?? { code: 'nothing', message: '', wayOut: '' };
        return [
          fault.name,
          [code, `${message} ${wayOut}`.replaceAll(`${home}-outside`, '<outside>').replaceAll(path, 'FILE')],
        ];
      }),
    );
  }
});

function wordsFor(faults: readonly Fault[]): Record<string, unknown> {
  return Object.fromEntries(faults.map(({ name }) => [name, WORDS[name.replace(/ since$/, '')]]));
}

/** Everything about a place that a change would show. */
function stateOf(path: string) {
  const { dev, ino, mode, uid, gid, size, mtimeMs, ctimeMs } = lstatSync(path);
  const found = lstatSync(path);
  const link = found.isSymbolicLink() ? readlinkSync(path) : null;
  const bytes = found.isFile() ? readFileSync(path, 'base64') : null;
  const beyond: string | null = link?.endsWith('-outside.json') ? readFileSync(link, 'base64') : null;
  return { dev, ino, mode, uid, gid, size, mtimeMs, ctimeMs, link, bytes, beyond };
}

function temporaryFiles(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
}

/** The key stands at the bottom, in the same server as another 10,000 levels. */
function deepJson(key: string): string {
  const deep = `${'{"a":'.repeat(10_000)}"${key}"${'}'.repeat(10_000)}`;
  return `{"mcpServers":{"bitscale":{"command":"uvx","args":${'['.repeat(10_000)}${']'.repeat(10_000)},"env":${deep}}}}`;
}

function mounts(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
