import type { CommandResult, RunCommand } from '../../../main/hosts/lifecycle/command.ts';
import type { RunningProgram } from '../../../main/hosts/programs.ts';

/** A process of a machine that this one is not. */
export function processAt(
  executable: string,
  pid: number,
  parentPid = 1,
  startedAt: string | null = null,
): RunningProgram {
  return { executable, script: null, pid, parentPid, startedAt };
}

/** Notes the commands of a platform in the place of running them, and answers what that platform would. */
export function recorded(answers: readonly Partial<CommandResult>[] = []): { lines: string[][]; run: RunCommand } {
  const lines: string[][] = [];
  const left = [...answers];
  return {
    lines,
    run: async (program, args) => {
      lines.push([program, ...args]);
      return { ok: true, stdout: '', stderr: '', ...left.shift() };
    },
  };
}
