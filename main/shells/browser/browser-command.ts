import { spawn } from 'node:child_process';
import open from 'open';

/**
 * Opens a local file in the person's browser: with the command in `BROWSER` where it is set, else as the desktop does.
 * @returns whether a program could be started; what it then shows can't be known.
 */
export async function openInBrowser(file: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const command = env.BROWSER;
  if (command) return start(commandLine(command, file));
  const noDesktop = process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY && !env.WSL_DISTRO_NAME;
  if (noDesktop) return false;
  try {
    await open(file);
    return true;
  } catch {
    // Opening is a convenience: the caller then tells the person the other way.
    return false;
  }
}

/** `BROWSER` as Unix programs take it: one command, `%s` for the page or the page at the end. */
function commandLine(command: string, file: string): readonly [string, ...string[]] {
  const [program, ...args] = command.trim().split(/\s+/) as [string, ...string[]];
  const withPage = args.map((argument) => argument.replaceAll('%s', file));
  return command.includes('%s') ? [program, ...withPage] : [program, ...args, file];
}

function start([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
