import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the keychain of a session can be like: the rows of KEYCHAIN.md for Linux. */
export type KeyringState = 'unlocked' | 'locked' | 'no-collection' | 'no-service' | 'no-bus';

export interface KeyringOptions {
  readonly state: KeyringState;
  /** A temporary folder. The keyring's file stays in it from one session to the next. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

type CommandLine = readonly [program: string, ...rest: string[]];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether the real thing can run here, and else why not. */
export const keyringMissing: string | null = whatIsMissing();
export const keyringPresent: boolean = keyringMissing === null;

/** No activation: what is not started below isn't there. The socket lies in the home, and goes with it. */
const busConfig = (
  home: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${home}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Ends the whole process group, itself too, when the test's process is gone: however it died, the pipe ends then. */
const WATCH = '(read -r _ <&4; kill -KILL 0) >/dev/null 2>&1 3>&- & exec 4<&-';
const UNLOCK = 'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 3>&-';
/** The daemon goes into the background before it has its name on the bus. */
const WAIT =
  'tries=0; until dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets ' +
  'org.freedesktop.DBus.Peer.Ping >/dev/null 3>&-; ' +
  'do tries=$((tries + 1)); [ $tries -lt 200 ] || exit 99; sleep 0.05; done';
const LOCK =
  'dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets ' +
  'org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null 3>&-';
const START = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1 3>&- </dev/null';

const PREPARATION: Record<Exclude<KeyringState, 'no-bus'>, readonly string[]> = {
  unlocked: [UNLOCK, WAIT],
  locked: [UNLOCK, WAIT, LOCK],
  'no-collection': [START, WAIT],
  'no-service': [],
};

/** Of the machine's own session nothing may be seen. */
const OF_THE_SESSION = /^(DBUS_|XDG_|GNOME_|DISPLAY$|WAYLAND_DISPLAY$|SSH_|REKEY_)/;

/** Runs a command in a session of its own, to the end, with `input` on its standard input. */
export async function withKeyring(
  command: string,
  args: readonly string[],
  options: KeyringOptions & { readonly input?: string },
): Promise<Ended> {
  const child = spawnWithKeyring(command, args, options);
  const stdout = text(child.stdout);
  const stderr = text(child.stderr);
  child.stdin?.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: await stdout, stderr: await stderr };
}

/**
 * Starts a command in a session of its own. Its standard streams are the command's; `kill` ends the command, the bus and
 * the keyring, which are one process group; so does the end of this process, whatever it dies of.
 */
export function spawnWithKeyring(command: string, args: readonly string[], options: KeyringOptions): ChildProcess {
  const { state, home } = options;
  const given = Object.entries(process.env).filter(([name]) => !OF_THE_SESSION.test(name));
  const env = { ...Object.fromEntries(given), HOME: home, ...options.env };
  const line =
    state === 'no-bus' ? inNoSession(command, args) : inSession(home, PREPARATION[state], [command, ...args]);
  const [program, ...rest] = line;
  const child = spawn(program, rest, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'] });
  const end = (signal: NodeJS.Signals | number = 'SIGTERM'): boolean => endGroup(child.pid, signal);
  child.once('exit', () => end('SIGKILL'));
  return Object.assign(child, { kill: end });
}

function inNoSession(command: string, args: readonly string[]): CommandLine {
  return ['sh', '-c', `${WATCH}; exec "$@"`, 'sh', command, ...args];
}

/** What dbus-run-session and its bus say of themselves is left out: standard error is the command's alone. */
function inSession(home: string, preparation: readonly string[], command: readonly string[]): CommandLine {
  const config = join(home, 'bus.conf');
  writeFileSync(config, busConfig(home));
  const inside = [...preparation, 'exec "$@" 2>&3 3>&-'].join(' && ');
  const outside = `${WATCH}; exec 3>&2 2>/dev/null; exec dbus-run-session --config-file="$0" -- sh -c '${inside}' sh "$@"`;
  return ['sh', '-c', outside, config, ...command];
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals | number): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
    return false;
  }
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = '';
  for await (const chunk of stream?.setEncoding('utf8') ?? []) all += chunk;
  return all;
}

function whatIsMissing(): string | null {
  if (process.platform !== 'linux') return 'gnome-keyring runs on Linux only';
  const programs = ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-daemon', 'dbus-send'].filter(
    (one) => !onPath(one),
  );
  const missing = programs.length > 0 ? programs.join(', ') : null;
  return missing && `not installed: ${missing} (Debian packages gnome-keyring libsecret-1-0 dbus dbus-x11)`;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
