import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isRoot } from '../configs/nobody.ts';

/** The account whose rights Rekey has in these tests when root runs them. */
export const ACCOUNT = isRoot ? 65_534 : undefined;

/** One way in which a config file can be bad. `good` is its text as the host would have written it. */
export interface Fault {
  /** What is in the place of the file; the name of its project too. */
  readonly name: string;
  /** Below the project's folder. */
  readonly file: string;
  /** `good`, in another notation than JSON. */
  readonly write?: (key: string) => string;
  /** Whether Rekey can see there what it would change. */
  readonly isReadable: boolean;
  readonly before?: (path: string) => void;
  readonly make: (path: string, good: string) => void;
  readonly mend: (path: string, good: string) => void;
}

const MCP = '.mcp.json';
const DEEP = 10_000;

export function mcpJson(key: string): string {
  return JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: key } } } }, null, 2);
}

export function tomlOf(key: string): string {
  return `[mcp_servers.bitscale]\ncommand = "uvx"\nenv = { BITSCALE_API_KEY = "${key}" }\n`;
}

function yamlOf(key: string): string {
  return `mcpServers:\n  - name: bitscale\n    command: uvx\n    env:\n      BITSCALE_API_KEY: ${key}\n`;
}

const putBack = (path: string, good: string): void => {
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, good);
  own(path);
};

const replacedBy =
  (make: (path: string) => void) =>
  (path: string): void => {
    rmSync(path);
    make(path);
    if (existsSync(path)) own(path);
  };

function own(path: string): void {
  if (ACCOUNT !== undefined) chownSync(path, ACCOUNT, ACCOUNT);
}

/** A file of another account, as `sudo` leaves them behind. */
const foreign = (mode: number) => (path: string) => {
  chownSync(path, 0, 0);
  chmodSync(path, mode);
};

function encoded(bytes: (good: string) => Buffer): Pick<Fault, 'file' | 'isReadable' | 'make' | 'mend'> {
  return { file: MCP, isReadable: false, make: (path, good) => writeFileSync(path, bytes(good)), mend: putBack };
}

function inPlaceOfFile(make: (path: string) => void): Pick<Fault, 'file' | 'isReadable' | 'make' | 'mend'> {
  return { file: MCP, isReadable: false, make: replacedBy(make), mend: putBack };
}

const device = (path: string): void => {
  if (isRoot) execFileSync('mknod', [path, 'c', '1', '3']);
  else symlinkSync('/dev/null', path);
};

/** Faults that are there when the plan is made. */
export const FROM_THE_BEGINNING: readonly Fault[] = [
  { name: 'a pipe', ...inPlaceOfFile((path) => execFileSync('mkfifo', [path])) },
  { name: 'a device', ...inPlaceOfFile(device) },
  { name: 'a folder', ...inPlaceOfFile((path) => mkdirSync(path)) },
  { name: 'a dangling link', ...inPlaceOfFile((path) => symlinkSync('nowhere.json', path)) },
  { name: 'a looping link', ...inPlaceOfFile((path) => symlinkSync(MCP, path)) },
  { name: 'UTF-16 with a BOM', ...encoded((good) => Buffer.from(`\ufeff${good}`, 'utf16le')) },
  { name: 'invalid UTF-8', ...encoded((good) => Buffer.concat([Buffer.from(good), Buffer.from([0xc3, 0x28])])) },
  { name: 'broken JSON', ...encoded((good) => Buffer.from(good.slice(0, -1))) },
  {
    name: 'TOML of 10,000 levels',
    file: '.codex/config.toml',
    write: tomlOf,
    isReadable: false,
    make: (path, good) => writeFileSync(path, `${good}deep = ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`),
    mend: putBack,
  },
  {
    name: 'YAML of 10,000 levels',
    file: '.continue/config.yaml',
    write: yamlOf,
    isReadable: false,
    make: (path, good) => writeFileSync(path, `${good}deep: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`),
    mend: putBack,
  },
  {
    name: 'a link out of the home',
    file: MCP,
    isReadable: true,
    make(path) {
      renameSync(path, outside(path));
      symlinkSync(outside(path), path);
    },
    mend: putBack,
  },
  {
    name: 'marked as read-only',
    file: MCP,
    isReadable: true,
    make: (path) => chmodSync(path, 0o444),
    mend: (path) => chmodSync(path, 0o644),
  },
];

/** Projects stand in the home folder, and these files in projects. */
function homeOf(path: string): string {
  return dirname(dirname(path));
}

/** Where the link leads: beside the home folder. */
export function outside(path: string): string {
  return `${homeOf(path)}-outside.json`;
}

/** The same, that only root can make. */
export const BY_RIGHTS: readonly Fault[] = [
  { name: 'no right to read', file: MCP, isReadable: false, make: foreign(0o600), mend: own },
  { name: 'no right to write', file: MCP, isReadable: true, make: foreign(0o644), mend: own },
  {
    name: 'a folder without the right to write',
    file: MCP,
    isReadable: true,
    make: (path) => chmodSync(dirname(path), 0o555),
    mend: (path) => chmodSync(dirname(path), 0o755),
  },
];

const mount = (size: string) => (path: string) =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},uid=${ACCOUNT},mode=755`, 'tmpfs', dirname(path)]);
const remount = (how: 'ro' | 'rw') => (path: string) => execFileSync('mount', ['-o', `remount,${how}`, dirname(path)]);

function fill(path: string): void {
  try {
    writeFileSync(join(dirname(path), 'filler'), Buffer.alloc(8_000_000));
  } catch {
    // Full is what it was to become.
  }
}

const empty = (path: string): void => rmSync(join(dirname(path), 'filler'));

/** The same, on file systems of their own. Whoever makes them has {@link unmount} to do. */
export const BY_MOUNTS: readonly Fault[] = [
  {
    name: 'a read-only file system',
    file: MCP,
    isReadable: true,
    before: mount('4m'),
    make: remount('ro'),
    mend: remount('rw'),
  },
  { name: 'a full disk', file: MCP, isReadable: true, before: mount('4m'), make: fill, mend: empty },
];

function renameFails(code: string): Fault {
  const faults = (path: string): string => join(homeOf(path), 'rename-faults.json');
  const read = (path: string): object =>
    existsSync(faults(path)) ? JSON.parse(readFileSync(faults(path), 'utf8')) : {};
  return {
    name: `a rename that fails with ${code}`,
    file: MCP,
    isReadable: true,
    make: (path) => writeFileSync(faults(path), JSON.stringify({ ...read(path), [path]: code })),
    mend: (path) => rmSync(faults(path), { force: true }),
  };
}

/** Faults that come up when the service has been asked already. */
export const TOO_LATE: readonly Fault[] = [
  ...['ESTALE', 'EIO', 'EXDEV'].map(renameFails),
  { ...inPlaceOfFile((path) => mkdirSync(path)), name: 'a folder since', isReadable: true },
  { ...encoded((good) => Buffer.from(`\ufeff${good}`, 'utf16le')), name: 'UTF-16 with a BOM since', isReadable: true },
];

export const TOO_LATE_BY_MOUNTS: readonly Fault[] = [
  ...BY_MOUNTS.map((fault) => ({ ...fault, name: `${fault.name} since` })),
  {
    // As container tools hand a file of the host in.
    name: 'a file that is mounted itself',
    file: MCP,
    isReadable: true,
    make: (path) => execFileSync('mount', ['--bind', path, path]),
    mend: (path) => execFileSync('umount', [path]),
  },
];

/** Ends every mount below a folder. */
export function unmount(folder: string): void {
  const mounted = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1]?.replaceAll('\\040', ' ') ?? '')
    .filter((at) => at.startsWith(`${folder}/`));
  for (const at of mounted.reverse()) execFileSync('umount', [at]);
}
