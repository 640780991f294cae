import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { FRESH_KEYS } from '../configs/parts.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { SAMPLE_KEY } from '../fixtures/hosts/host-sample.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { AWKWARD_KEY, OTHER_AWKWARD_KEY, spellingsOf } from './awkward-keys.ts';
import { Codex } from './codex.ts';
import { decoded, withKey } from './decoded.ts';
import { exchange } from './exchange.ts';

// Before any test, since it may take longer than a hook may.
const installed = await Codex.install();

/** A key in every notation of TOML, as a person writes it; `<key>` stands for it. */
const HANDWRITTEN = `# my own settings: <key>
model = "gpt-5" # trailing

[mcp_servers.bitscale]   # the one that I use
command = "node"
args = [
  "server.js", # script
  "--basic", "<key>",
  '--literal', '<key>', # 'as it is'
  "--lines", """<key>""", '''<key>''',
  "--config", '{"apiKey":"<key>"}',
  "--config={\\"apiKey\\":\\"<key>\\"}",
]
env = { "BITSCALE_API_KEY" = "<key>", OTHER = 'x' }

[mcp_servers."dotted.name"]
url = "https://h.invalid/mcp?api_key=<key>&rows=20"
http_headers = { Authorization = "Bearer <key>", "X-Api-Key" = """
<key>""" }
env_http_headers = { "X-Env" = "BITSCALE_API_KEY" }

[mcp_servers.referring]
url = "https://h.invalid/mcp"
bearer_token_env_var = "BITSCALE_API_KEY"
`;

describe('Codex', { timeout: 90_000 }, () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let codex: Codex;
  let old: string;

  beforeEach(async ({ skip }) => {
    if ('missing' in installed) skip(installed.missing);
    service = await startBitscale();
    sandbox = await openSandbox();
    codex = await Codex.at(sandbox.home);
    old = service.key;
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox?.dispose();
    await service?.stop();
  });

  async function rotate(places: number): Promise<Rotation> {
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done', problem: null });
    expect(rotation.sites.map(({ state }) => state)).toEqual(Array(places).fill('patched'));
    return rotation;
  }

  async function references(): Promise<string[]> {
    const host = (await sandbox.call('listHosts', {})).find(({ id }) => id === 'codex');
    return (host?.references ?? []).map(({ server, path, name }) => `${server} ${path.slice(2).join('.')}: ${name}`);
  }

  it('has written a key as variable, arguments and address, and gets the new one in each, twice', async () => {
    const config = join(sandbox.home, '.codex/config.toml');
    const args = (key: string): string[] => [
      'server.js',
      '--api-key',
      key,
      `--api-key=${key}`,
      '--config',
      JSON.stringify({ apiKey: key }),
    ];
    const url = `https://h.invalid/mcp?api_key=${old}&rows=20`;
    const add = (...rest: string[]): Promise<string> => codex.run(sandbox.home, 'mcp', 'add', ...rest);
    await add('acme', '--env', `BITSCALE_API_KEY=${old}`, '--', 'node', ...args(old));
    await add('acme-http', '--url', url, '--bearer-token-env-var', 'BITSCALE_API_KEY');

    const told = async (key: string): Promise<void> => {
      const { transport } = await codex.server(sandbox.home, 'acme');
      expect(transport).toMatchObject({ args: args(key), env: { BITSCALE_API_KEY: key } });
      const { transport: http } = await codex.server(sandbox.home, 'acme-http');
      expect([...new URL(http.url ?? '').searchParams]).toEqual([
        ['api_key', key],
        ['rows', '20'],
      ]);
      expect(http.bearer_token_env_var).toBe('BITSCALE_API_KEY');
    };
    await told(old);
    service.makeNext(AWKWARD_KEY, OTHER_AWKWARD_KEY);
    for (const key of [AWKWARD_KEY, OTHER_AWKWARD_KEY]) {
      const before = service.key;
      await rotate(5);
      await told(key);
      const text = await readFile(config, 'utf8');
      for (const spelling of spellingsOf(before)) expect(text).not.toContain(spelling);
      expect((await stat(config)).mode & 0o777).toBe(0o600);
      expect(await references()).toEqual(['acme-http bearer_token_env_var: BITSCALE_API_KEY']);
    }
    // What Codex makes of the file when it writes all servers anew.
    await add('other', '--', 'node', 'other.js');
    await told(OTHER_AWKWARD_KEY);
  });

  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a BOM', (text: string) => `\uFEFF${text}`],
  ])('reads the new key in every notation of a config written by hand, with %s', async (_what, written) => {
    const config = join(sandbox.home, '.codex/config.toml');
    const text = written(HANDWRITTEN).replaceAll('<key>', old);
    await mkdir(join(sandbox.home, '.codex'));
    await writeFile(config, text);
    const before = decoded(await codex.servers(sandbox.home));
    expect(JSON.stringify(before).split(old)).toHaveLength(11);

    const first = await rotate(10);
    expect(first.findings).toContainEqual(expect.objectContaining({ kind: 'in-comment', file: config, line: 1 }));
    const plain = await readFile(config, 'utf8');
    // The key in the comment stays.
    expect(plain).toBe(text.replaceAll(old, (_key, at: number) => (at < 30 ? old : service.key)));
    expect(decoded(await codex.servers(sandbox.home))).toEqual(withKey(before, old, service.key));

    const second = service.key;
    service.makeNext(AWKWARD_KEY);
    await rotate(10);
    expect(decoded(await codex.servers(sandbox.home))).toEqual(withKey(before, old, AWKWARD_KEY));
    const awkward = await readFile(config, 'utf8');
    expect(awkward).not.toContain(second);
    for (const line of plain.split('\n').filter((one) => !one.includes(second))) expect(awkward).toContain(line);
    for (const comment of ['# trailing', '# the one that I use', '# script', "# 'as it is'"]) {
      expect(awkward).toContain(comment);
    }
    expect(await references()).toEqual([
      'dotted.name env_http_headers.X-Env: BITSCALE_API_KEY',
      'referring bearer_token_env_var: BITSCALE_API_KEY',
    ]);
  });

  it('reads the new key in its own file, a profile’s, a project’s, one above it, and where CODEX_HOME leads', async () => {
    const { home } = sandbox;
    const [top, sub, elsewhere] = [join(home, 'proj'), join(home, 'proj/sub'), join(home, 'elsewhere')];
    const entry = (name: string): string => `[mcp_servers.${name}]\ncommand = "node"\nargs = ['${old}']\n`;
    const trusted = `[projects."${top}"]\ntrust_level = "trusted"\n`;
    for (const [folder, file, text] of [
      [join(home, '.codex'), 'config.toml', entry('own') + trusted],
      [join(home, '.codex'), 'work.config.toml', entry('profile')],
      [join(top, '.codex'), 'config.toml', entry('above')],
      [join(sub, '.codex'), 'config.toml', entry('project')],
      [elsewhere, 'config.toml', entry('moved')],
    ] as const) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, file), text);
    }
    // Codex looks up to the top of the repository, and trusts all of it. This much it takes for one.
    for (const folder of ['objects', 'refs']) await mkdir(join(top, '.git', folder), { recursive: true });
    await writeFile(join(top, '.git/HEAD'), 'ref: refs/heads/main\n');
    await sandbox.restart({ machine: { ...sandbox.machine, env: { ...sandbox.machine.env, CODEX_HOME: elsewhere } } });
    await sandbox.call('changeSettings', { projectFolders: [sub] });

    service.makeNext(AWKWARD_KEY);
    await rotate(5);
    const own = await codex.servers(sub, '-p', 'work');
    const moved = await (await Codex.at(home, elsewhere)).servers(home);
    expect([...own, ...moved].map(({ name, transport }) => [name, transport.args]).sort()).toEqual(
      ['above', 'moved', 'own', 'profile', 'project'].map((name) => [name, [AWKWARD_KEY]]),
    );
  });

  it.each([
    ['configs/codex/config.toml', 'sk-OLD-0001', 2],
    ['configs/codex/config-handwritten-before.toml', 'sk-OLD-inline', 1],
    ['configs/codex/config-handwritten-before.toml', 'sk-OLD-json', 1],
    ['configs/codex/config-handwritten-before.toml', 'sk-OLD-multi', 1],
    ['configs/codex/config-handwritten-after-add.toml', 'sk-OLD-hdr', 1],
    // With one more in a profile inside config.toml, which this version of Codex passes over.
    ['hosts/codex/config.toml', SAMPLE_KEY, 6],
  ])('reads %s with another key for %s', async (file, key, places) => {
    await mkdir(join(sandbox.home, '.codex'));
    await copyFile(join(import.meta.dirname, '../fixtures', file), join(sandbox.home, '.codex/config.toml'));
    const before = decoded(await codex.servers(sandbox.home));
    expect(JSON.stringify(before)).toContain(key);
    expect(await exchange(sandbox.home, key, AWKWARD_KEY)).toBe(places);
    expect(decoded(await codex.servers(sandbox.home))).toEqual(withKey(before, key, AWKWARD_KEY));
  });

  // No service makes such keys, but somebody may choose one.
  it('reads a key with any mark in it as it is, from every notation of TOML', async () => {
    await mkdir(join(sandbox.home, '.codex'));
    await writeFile(
      join(sandbox.home, '.codex/config.toml'),
      `[mcp_servers.acme]
command = "node"
args = ["${old}", '${old}', """${old}""", '''${old}''', '{"apiKey":"${old}"}', "--config={\\"apiKey\\":\\"${old}\\"}"]
env = { A = "${old}", B = '${old}' }

[mcp_servers.remote]
url = "https://h.invalid/mcp?api_key=${old}&rows=20"
http_headers = { X-Api-Key = '${old}' }
`,
    );
    const before = decoded(await codex.servers(sandbox.home));
    let last = old;
    for (const mark of FRESH_KEYS) {
      const fresh = `sk-live-before-${mark}`;
      expect(await exchange(sandbox.home, last, fresh), JSON.stringify(mark)).toBe(10);
      expect(decoded(await codex.servers(sandbox.home)), JSON.stringify(mark)).toEqual(withKey(before, old, fresh));
      last = fresh;
    }
  });
});
