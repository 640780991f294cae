import { readFileSync } from 'node:fs';
import { systemCode } from '../../errors.ts';

/**
 * Whether a process of this user runs under this id: one system call, where a list of all processes starts a program.
 * The id may have been given away since; {@link sameProcess} tells.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: another user's process has got the id.
    if (systemCode(error) === 'ESRCH' || systemCode(error) === 'EPERM') return false;
    throw error;
  }
  return process.platform !== 'linux' || !hasEnded(pid);
}

/** One that has ended and that its parent never asked about keeps its id for ever, as in containers without an init. */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return true;
  }
}

/** A process as it is noted, to be found again later. */
export interface ProcessMark {
  readonly pid: number;
  /** ISO 8601; null where the system doesn't tell. */
  readonly startedAt: string | null;
}

/** ps reckons the start from the clock, and may be a second off from one time to the next. */
const CLOCK_SLACK_MS = 2_000;

/** Whether two marks are of the same process, and not of two that had the same id one after the other. */
export function sameProcess(one: ProcessMark, other: ProcessMark): boolean {
  if (one.pid !== other.pid) return false;
  if (one.startedAt === null || other.startedAt === null) return true;
  return Math.abs(Date.parse(one.startedAt) - Date.parse(other.startedAt)) <= CLOCK_SLACK_MS;
}
