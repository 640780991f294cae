import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import psList from 'ps-list';
import { z } from 'zod';

/** Which program a process is, as far as it tells. */
export interface Program {
  /** Path of the executable; only its name where the system tells no more. */
  readonly executable: string;
  /** The script that a runtime runs, or the name that such a script gave its process; null for all other programs. */
  readonly script: string | null;
}

/** One running process. */
export interface RunningProgram extends Program {
  readonly pid: number;
  readonly parentPid: number;
  /** ISO 8601, to the second; null where the system doesn't tell. A process id alone may be given away again. */
  readonly startedAt: string | null;
}

const runtime = /^(?:node|nodejs|bun|deno|python[\d.]*)$/i;
const windowsListingTimeoutMs = 15_000;
/** How ps shows a process that has ended and that its parent has not asked about. */
const ENDED = '<defunct>';

/** Processes of this user. @throws where they can't be listed. */
export async function runningPrograms(): Promise<RunningProgram[]> {
  if (process.platform === 'win32') return fromWindows();
  const processes = await psList({ all: false });
  return processes
    .filter(({ cmd }) => !cmd?.endsWith(ENDED))
    .map(({ pid, ppid, path, name, cmd, startTime }) => ({
      ...programOf(path || name, cmd ?? ''),
      pid,
      parentPid: ppid,
      startedAt: startTime?.toISOString() ?? null,
    }));
}

/**
 * A program from its executable and its command line.
 *
 * Of a runtime's arguments only the first that is no option counts, as a whole word: what else stands in a command line
 * (a file to edit, a search term) says nothing about which program runs.
 */
export function programOf(executable: string, commandLine: string): Program {
  const name = lastName(executable).replace(/\.exe$/i, '');
  if (!runtime.test(name)) return { executable, script: null };
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
    'ConvertTo-Json -Compress @(Get-CimInstance Win32_Process' +
    ' -Property ExecutablePath,CommandLine,ProcessId,ParentProcessId,CreationDate' +
    ' | Select-Object ExecutablePath,CommandLine,ProcessId,ParentProcessId,' +
    "@{n='StartedAt';e={if($_.CreationDate){$_.CreationDate.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')}}})";
  const { stdout } = await promisify(execFile)('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
    timeout: windowsListingTimeoutMs,
    maxBuffer: 64 * 1024 * 1024,
    windowsHide: true,
  });
  return programsFromWindows(stdout);
}

const WindowsProcessesSchema = z.array(
  z.object({
    ExecutablePath: z.string().nullable(),
    CommandLine: z.string().nullable(),
    ProcessId: z.number().int(),
    ParentProcessId: z.number().int(),
    StartedAt: z.iso.datetime().nullable(),
  }),
);

/** Reads the answer of Windows; processes of other users come without a path. */
export function programsFromWindows(json: string): RunningProgram[] {
  return WindowsProcessesSchema.parse(JSON.parse(json)).flatMap(
    ({ ExecutablePath: path, CommandLine: line, ...rest }) =>
      path === null
        ? []
        : [
            {
              ...programOf(path, line ?? ''),
              pid: rest.ProcessId,
              parentPid: rest.ParentProcessId,
              startedAt: rest.StartedAt,
            },
          ],
  );
}

function wordsOf(commandLine: string): string[] {
  return [...commandLine.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
