import { dirname, join } from 'node:path';
import type { Cast } from './cast.ts';
import type { Stage } from './stage.ts';
import type { Allowance } from './sweep.ts';

/** Every place in which a secret of the story belongs; there is no other. */
export function belongs(cast: Cast, stage: Stage): Readonly<Record<string, Allowance>> {
  const keys = cast.of(...cast.roles);
  const file = (paths: readonly string[]): string => `file (${paths.map(literal).join('|')})$`;
  return {
    // Where the person wants them.
    'the files of hosts': { place: new RegExp(`^${file(stage.hostFiles)}`), canaries: keys },
    'their new versions before the rename': {
      place: new RegExp(`^browser\\.mjs .*: ${file(stage.hostFiles.map(temporaryOf))}`.replaceAll('TEMPORARY', '.+')),
      canaries: keys,
    },
    'the clipboard': { place: new RegExp(`^${file([stage.clipboard])}`), canaries: cast.of('work') },
    'the input of the clipboard’s program': { place: /: stdin of xsel out$/, canaries: cast.of('work') },
    // How they come in.
    'what a command reads': { place: /^rekey\.mjs (add|adopt) \S+: stdin in$/, canaries: keys },
    'what it tells the app': {
      place: /^rekey\.mjs (add|adopt) \S+: local socket out$/,
      canaries: keys,
      where: inFrame('addCredential|adoptKey'),
    },
    'what the app is told': {
      place: /^browser\.mjs .*: local socket in$/,
      canaries: keys,
      where: inFrame('addCredential|adoptKey'),
    },
    'what the page sends': {
      place: /^browser\.mjs .*: pages in$/,
      canaries: [...cast.of('paged', 'lost', 'keychain')],
      where: inRequest('/call/(addCredential|adoptKey|chooseKeychain|unlockKeychain)'),
    },
    // The one way by which an agent gets a key: the person ticked it.
    'the answer to the trusted agent': {
      place: /^(browser\.mjs .*: local socket out|rekey\.mjs mcp: (local socket in|stdout out))$/,
      canaries: cast.of('wallet'),
      where: (bytes, at) => lineAt(bytes, at).includes('"new_api_key"'),
    },
    // The page's own secrets.
    'the file that opens the browser': {
      place: new RegExp(`^browser\\.mjs .*: file ${literal(join(stage.home, 'rekey', 'run'))}/open-[\\w-]+\\.html$`),
      canaries: cast.of('page'),
    },
    'the page’s session': { place: /^browser\.mjs .*: pages (in|out)$/, canaries: cast.of('page') },
    'the tab of the browser': {
      place: new RegExp(`^file ${literal(join(stage.home, 'tmp', 'chromium'))}/`),
      canaries: cast.of('page'),
    },
    ...Object.fromEntries(
      cast.roles.map((role) => [
        `the service of ${role}`,
        { place: new RegExp(`^browser\\.mjs .*: service ${cast.portOf(role)} (in|out)$`), canaries: cast.of(role) },
      ]),
    ),
  };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** As `main/configs/temporary-file.ts` names it. */
function temporaryOf(path: string): string {
  return join(dirname(path), `.${path.slice(dirname(path).length + 1)}.rekey-TEMPORARY.tmp`);
}

/** @param call one name, or several as in a pattern. */
function inFrame(call: string): NonNullable<Allowance['where']> {
  return (bytes, at) => new RegExp(`"call":"(${call})"`).test(lineAt(bytes, at));
}

function lineAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf('\n', at);
  return bytes.toString('utf8', bytes.lastIndexOf('\n', at) + 1, end === -1 ? undefined : end);
}

/** In the body of a request to this path, and not in its head. */
function inRequest(path: string): NonNullable<Allowance['where']> {
  return (bytes, at) => {
    const before = bytes.toString('latin1', 0, at);
    const start = Math.max(before.lastIndexOf('POST /'), before.lastIndexOf('GET /'));
    const request = before.slice(start);
    return new RegExp(`^POST ${path} HTTP/1\\.1\\r\\n`).test(request) && request.includes('\r\n\r\n');
  };
}
