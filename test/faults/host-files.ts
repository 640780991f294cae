import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that holds keys, and its text with any of them. */
export interface KeyFile {
  /** Below the home folder. */
  readonly at: string;
  readonly text: (secrets: readonly string[]) => string;
}

/** Three hosts' files, in two formats, with the first secret in the first variable, and so on. */
export function hostFiles(envNames: readonly string[], args: readonly string[]): readonly KeyFile[] {
  const env = (secrets: readonly string[]) => Object.fromEntries(envNames.map((name, at) => [name, secrets[at]]));
  const other = { command: 'npx', args: ['-y', 'other-mcp'], env: { OTHER_KEY: 'stays-as-it-is-0123456789' } };
  return [
    {
      at: '.claude.json',
      text: (secrets) =>
        `${JSON.stringify({ numStartups: 7, mcpServers: { one: { command: 'npx', args, env: env(secrets) }, other } }, null, 2)}\n`,
    },
    {
      at: '.cursor/mcp.json',
      text: (secrets) => JSON.stringify({ mcpServers: { other, one: { command: 'npx', args, env: env(secrets) } } }),
    },
    {
      at: '.codex/config.toml',
      text: (secrets) =>
        [
          'model = "gpt-5" # the person’s own words',
          '[mcp_servers.one]',
          'command = "npx"',
          `args = ${JSON.stringify(args)}`,
          '[mcp_servers.one.env]',
          ...envNames.map((name, at) => `${name} = "${secrets[at]}"`),
          '',
        ].join('\n'),
    },
  ];
}

export function placeFiles(home: string, files: readonly KeyFile[], secrets: readonly string[]): void {
  for (const { at, text } of files) {
    mkdirSync(dirname(join(home, at)), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, at), text(secrets), { mode: 0o600 });
  }
}

/** How many of the files hold which secrets; `harmed` are those that are neither of both as a whole. */
export function countFiles(
  home: string,
  files: readonly KeyFile[],
  old: readonly string[],
  fresh: readonly string[],
): { old: number; fresh: number; harmed: number } {
  const count = { old: 0, fresh: 0, harmed: 0 };
  for (const { at, text } of files) {
    const now = readFileSync(join(home, at), 'utf8');
    if (now === text(old)) count.old += 1;
    else if (now === text(fresh)) count.fresh += 1;
    else count.harmed += 1;
  }
  return count;
}
