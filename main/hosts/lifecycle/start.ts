import { spawn } from 'node:child_process';
import { type RunCommand, runCommand } from './command.ts';
import { LifecycleError } from './errors.ts';
import type { StartRecipe } from './recipe.ts';

/** A program that can't run at all ends within this time, in milliseconds. */
const SETTLED_AFTER_MS = 500;
const COMMAND_TIMEOUT_MS = 15_000;

/**
 * Starts a host again as it was started before. It outlives Rekey.
 * @throws {LifecycleError} `host-not-started`.
 */
export async function startHost(name: string, recipe: StartRecipe, run: RunCommand = runCommand): Promise<void> {
  const started =
    recipe.kind === 'bundle'
      ? (await run('open', ['-a', recipe.bundle], COMMAND_TIMEOUT_MS)).ok
      : recipe.kind === 'package'
        ? await startPackage(recipe.family, run)
        : await startExecutable(recipe);
  if (started) return;
  throw new LifecycleError(
    'host-not-started',
    `Rekey has quit ${name}, and it could not be started again.`,
    `Start ${name} yourself.`,
  );
}

/** The shell knows a packaged app by family and name; only Windows knows the name. */
async function startPackage(family: string, run: RunCommand): Promise<boolean> {
  const script =
    `$app = Get-StartApps | Where-Object AppID -like '${family}!*' | Select-Object -First 1;` +
    "if (-not $app) { exit 1 }; Start-Process ('shell:AppsFolder\\' + $app.AppID)";
  return (await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], COMMAND_TIMEOUT_MS)).ok;
}

function startExecutable({
  executable,
  argv0,
  args,
  folder,
  env,
}: Extract<StartRecipe, { kind: 'executable' }>): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(executable, args, {
      ...(argv0 !== null && { argv0 }),
      ...(folder !== null && { cwd: folder }),
      ...(env !== null && { env }),
      detached: true,
      stdio: 'ignore',
    });
    child.once('error', () => resolve(false));
    // A launcher that ends well has handed over to another process.
    child.once('exit', (code) => resolve(code === 0));
    child.once('spawn', () => {
      child.unref();
      setTimeout(() => resolve(true), SETTLED_AFTER_MS);
    });
  });
}
