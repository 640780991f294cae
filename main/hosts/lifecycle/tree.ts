import type { RunningProgram } from '../programs.ts';

/**
 * Of a host's processes those that none of the others has started, the oldest first: a crash reporter that has let go of
 * its parent comes after the app itself. Pure.
 */
export function mainProcesses(processes: readonly RunningProgram[]): RunningProgram[] {
  const own = new Set(processes.map(({ pid }) => pid));
  return processes
    .filter(({ parentPid }) => !own.has(parentPid))
    .sort((one, other) => (one.startedAt ?? '').localeCompare(other.startedAt ?? '') || one.pid - other.pid);
}
