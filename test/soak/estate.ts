import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CallInput } from '../../preload/contract.ts';
import { STAND_INS, type StandIn, startStandIn } from '../fakes/all.ts';

/** One credential of the soak, with a stand-in of its own. */
export interface Account {
  readonly name: string;
  readonly service: StandIn;
  /** To be added in this order; the last is the one that is rotated. */
  readonly credentials: readonly CallInput<'addCredential'>[];
}

/** What the hosts count up in their files: `"numStartups": 7`. */
export const COUNTER = /("?numStartups"?\s*[:=]\s*)(\d+)/;

type Text = (keys: readonly string[]) => string;

/** Files below the home folder, each with all keys in it. */
const FILES: Readonly<Record<string, Text>> = {
  '.claude.json': (keys) =>
    `${JSON.stringify({ numStartups: 0, mcpServers: servers(keys), theme: 'dark' }, null, 2)}\n`,
  '.cursor/mcp.json': (keys) => JSON.stringify({ numStartups: 0, mcpServers: servers(keys) }),
  '.gemini/settings.json': (keys) => JSON.stringify({ mcpServers: servers(keys), numStartups: 0 }, null, '\t'),
  '.codex/config.toml': (keys) =>
    [
      'numStartups = 0 # counted by its host',
      ...keys.map((key, at) => `[mcp_servers.s${at}]\ncommand = "npx"\nenv = { KEY_${at} = "${key}" }`),
      '',
    ].join('\n'),
};

export const FILE_NAMES: readonly string[] = Object.keys(FILES);

/** An account at each of the services. */
export function openAccounts(): Promise<Account[]> {
  return Promise.all(
    STAND_INS.map(async (provider) => {
      const service = await startStandIn(provider);
      const { key, url: baseUrl, settings, manager } = service;
      const asking = manager ? [{ ...manager, provider, baseUrl }] : [];
      return {
        name: provider,
        service,
        credentials: [...asking, { name: provider, provider, key, baseUrl, settings }],
      };
    }),
  );
}

export function placeFiles(home: string, accounts: readonly Account[]): void {
  for (const [at, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(home, at)), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, at), text(accounts.map(({ service }) => service.key)), { mode: 0o600 });
  }
}

/** Files that differ in more than their host's counter from what they would be with the keys of now. */
export function harmedFiles(home: string, accounts: readonly Account[]): string[] {
  const keys = accounts.map(({ service }) => service.key);
  return Object.entries(FILES).flatMap(([at, text]) => {
    const now = readFileSync(join(home, at), 'utf8').replace(COUNTER, '$10');
    return now === text(keys) ? [] : [at];
  });
}

function servers(keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key, at) => [`s${at}`, { command: 'npx', env: { [`KEY_${at}`]: key } }]));
}
