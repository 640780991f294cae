import { type Platform, platformOf } from '../machine.ts';
import type { Host } from './host.ts';
import { namePattern } from './name-pattern.ts';
import { type Program, type RunningProgram, runningPrograms } from './programs.ts';

/** Lists the processes of this user: all of them, or in tests only those that the test has started. */
export type ListPrograms = () => Promise<readonly RunningProgram[]>;

/** The processes of each of the hosts, by id. Null where the system doesn't let processes be listed. */
export async function hostProcesses(
  hosts: readonly Host[],
  list: ListPrograms = runningPrograms,
): Promise<Map<string, RunningProgram[]> | null> {
  let programs: readonly RunningProgram[];
  try {
    programs = await list();
  } catch {
    return null;
  }
  const platform = platformOf(process.platform);
  return new Map(hosts.map((host) => [host.id, programs.filter((program) => isProgramOf(host, program, platform))]));
}

/** Which of the hosts run now, by id. Null where the system doesn't let processes be listed. */
export async function runningHosts(
  hosts: readonly Host[],
  list: ListPrograms = runningPrograms,
): Promise<Map<string, boolean> | null> {
  const processes = await hostProcesses(hosts, list);
  return processes && new Map([...processes].map(([id, found]) => [id, found.length > 0]));
}

/** Whether a running program is this host. Pure. */
export function isProgramOf(host: Host, program: Program, platform: Platform): boolean {
  const ends = host.programs[platform] ?? [];
  const paths = [program.executable, ...(program.script === null ? [] : [program.script])];
  return ends.some((end) => paths.some((path) => endsWith(path, end, platform)));
}

/** Compares from the last name on, whole names only: `cursor` is neither `my-cursor` nor `cursor-agent`. */
function endsWith(path: string, end: string, platform: Platform): boolean {
  const names = path.split(platform === 'win32' ? /[\\/]/ : '/').reverse();
  const wanted = end.split('/').reverse();
  return wanted.every((pattern, index) => fits(names[index], pattern, platform === 'win32'));
}

function fits(name: string | undefined, pattern: string, ignoreCase: boolean): boolean {
  if (name === undefined) return false;
  if (pattern.includes('*')) return namePattern(pattern, ignoreCase).test(name);
  return ignoreCase ? name.toLowerCase() === pattern.toLowerCase() : name === pattern;
}
