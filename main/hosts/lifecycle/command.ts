import { execFile } from 'node:child_process';

/** What a command of the platform said, and whether it was content. */
export interface CommandResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command of the platform (`osascript`, `taskkill`, ...) and never throws: a command that isn't there, fails or
 * takes too long is not `ok`. Passed in, so that every platform's commands are tested on one.
 */
export type RunCommand = (program: string, args: readonly string[], timeoutMs: number) => Promise<CommandResult>;

export const runCommand: RunCommand = (program, args, timeoutMs) =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: timeoutMs, windowsHide: true }, (error, stdout, stderr) =>
      resolve({ ok: error === null, stdout, stderr }),
    );
  });
