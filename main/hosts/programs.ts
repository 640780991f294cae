import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import psList from 'ps-list';
import { z } from 'zod';

/** One running process, as far as it tells which program it is. */
export interface RunningProgram {
  /** Path of the executable; only its name where the system tells no more. */
  readonly executable: string;
  /** The script that a runtime runs, or the name that such a script gave its process; null for all other programs. */
  readonly script: string | null;
}

const runtimes = new Set(['node', 'nodejs', 'bun', 'deno']);
const windowsListingTimeoutMs = 15_000;

/** Processes of this user. @throws where they can't be listed. */
export async function runningPrograms(): Promise<RunningProgram[]> {
  if (process.platform === 'win32') return fromWindows();
  const processes = await psList({ all: false });
  return processes.map(({ path, name, cmd }) => programOf(path || name, cmd ?? ''));
}

/**
 * A program from its executable and its command line.
 *
 * Of a runtime's arguments only the first that is no option counts, as a whole word: what else stands in a command line
 * (a file to edit, a search term) says nothing about which program runs.
 */
export function programOf(executable: string, commandLine: string): RunningProgram {
  const name = lastName(executable).replace(/\.exe$/i, '');
  if (!runtimes.has(name.toLowerCase())) return { executable, script: null };
  const words = wordsOf(commandLine);
  const first = words[0] ?? '';
  const namedByItself =
    lastName(first)
      .replace(/\.exe$/i, '')
      .toLowerCase() !== name.toLowerCase();
  const script = namedByItself ? first : words.slice(1).find((word) => !word.startsWith('-'));
  return { executable, script: script || null };
}

/** Windows' own list: ps-list tells no paths there, and a name alone can't tell Claude's two programs apart. */
async function fromWindows(): Promise<RunningProgram[]> {
  const query =
    '[Console]::OutputEncoding=[Text.Encoding]::UTF8;' +
    'ConvertTo-Json -Compress @(Get-CimInstance Win32_Process -Property ExecutablePath,CommandLine' +
    ' | Select-Object ExecutablePath,CommandLine)';
  const { stdout } = await promisify(execFile)('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
    timeout: windowsListingTimeoutMs,
    maxBuffer: 64 * 1024 * 1024,
    windowsHide: true,
  });
  return programsFromWindows(stdout);
}

const WindowsProcessesSchema = z.array(
  z.object({ ExecutablePath: z.string().nullable(), CommandLine: z.string().nullable() }),
);

/** Reads the answer of Windows; processes of other users come without a path. */
export function programsFromWindows(json: string): RunningProgram[] {
  return WindowsProcessesSchema.parse(JSON.parse(json)).flatMap(({ ExecutablePath: path, CommandLine: line }) =>
    path === null ? [] : [programOf(path, line ?? '')],
  );
}

function wordsOf(commandLine: string): string[] {
  return [...commandLine.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
