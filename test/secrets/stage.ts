import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from '../e2e/stories/app.ts';
import { placeSampleHosts } from '../fixtures/hosts/place.ts';
import type { Cast } from './cast.ts';
import { TAP_FOLDER } from './tap-file.ts';

/** A home with the files of hosts in it, a clipboard, and the built app with its tap. */
export interface Stage {
  readonly home: string;
  readonly app: App;
  /** Where the taps write, outside of the home. */
  readonly tap: string;
  /** What is in the clipboard. */
  readonly clipboard: string;
  /** Files of hosts, and copies that they made: keys belong there. */
  readonly hostFiles: readonly string[];
  /** A file with the keys of all roles of BitScale and of the mail, and that of `work` in a comment besides. */
  readonly commented: string;
  /** A copy that a host has made, with the key of `work`. */
  readonly copy: string;
  strike(): Promise<void>;
}

export async function setStage(cast: Cast): Promise<Stage> {
  const [home, tap] = await Promise.all(['rekey-', 'rekey-tap-'].map((name) => mkdtemp(join(tmpdir(), name))));
  if (home === undefined || tap === undefined) throw new Error('two folders were made');
  const { work } = cast.bitscale;
  const hosts = await placeSampleHosts(home, 'linux', {
    bitscale: work.key,
    lightning: cast.wallet.operatorKey,
    log10x: cast.logs.key,
    a2amarket: cast.market.key,
  });
  const servers = Object.fromEntries(
    Object.entries(cast.bitscale).map(([name, { key }]) => [name, { command: 'uvx', env: { BITSCALE_API_KEY: key } }]),
  );
  const agent = { command: 'npx', env: { LIGHTNING_WALLET_API_KEY: cast.wallet.agentKey(7) } };
  const mail = { command: 'npx', env: { RESEND_API_KEY: cast.mail.key } };
  const settings = JSON.stringify({ context_servers: { ...servers, agent, mail } }, null, 2);
  const commented = await put(join(home, '.config', 'zed', 'settings.json'), `// was ${work.key}\n${settings}\n`);
  const broken = await put(
    join(hosts.project, '.zed', 'settings.json'),
    `{ "context_servers": { "one": "${work.key}" `,
  );

  // By the time that it would be cleared, the person has copied something else.
  const clipboard = join(home, 'clipboard');
  const xsel = await put(
    join(home, 'bin', 'xsel'),
    `#!/bin/sh\ncase "$*" in *--input*) cat > '${clipboard}' ;; *) echo a shopping list ;; esac\n`,
  );
  await chmod(xsel, 0o755);
  await mkdir(join(home, 'tmp'));
  const app = new App(home, {
    PATH: [dirname(xsel), process.env.PATH].join(delimiter),
    TMPDIR: join(home, 'tmp'),
    NODE_OPTIONS: ['tap.ts', 'kill-at-receipt.ts']
      .map((name) => `--import ${pathToFileURL(join(import.meta.dirname, name)).href}`)
      .join(' '),
    NODE_NO_WARNINGS: '1',
    [TAP_FOLDER]: tap,
  });
  const copy = hosts.copies[0]?.path ?? '';
  return {
    home,
    app,
    tap,
    clipboard,
    hostFiles: [
      ...hosts.files.map(({ path }) => path),
      ...hosts.copies.map(({ path }) => path),
      // Cursor's own is a link to it.
      join(home, 'dotfiles', 'cursor-mcp.json'),
      broken,
      commented,
    ],
    commented,
    copy,
    async strike() {
      await app.stop();
      await endLeft(tap);
      for (const folder of [home, tap]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function put(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** A command that found no app has started one: a story that broke off must not leave it behind. */
async function endLeft(tap: string): Promise<void> {
  for (const name of await readdir(tap)) {
    const pid = Number.parseInt(name, 10);
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(`${TAP_FOLDER}=${tap}\0`)) process.kill(pid, 'SIGKILL');
  }
}
