import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnDemand } from '../sandbox/on-demand.ts';

/** A host's own program, or the reason why it can't run here. */
export type Installed = { readonly program: string } | { readonly missing: string };

/**
 * Installs a host whose npm package brings one program per platform, in a package of its own.
 *
 * @param program where the program lies below `node_modules`.
 */
export async function installHost(name: string, version: string, program: string): Promise<Installed> {
  const installed = await installOnDemand(name, version);
  if ('missing' in installed) return installed;
  const path = join(installed.folder, 'node_modules', program);
  return access(path).then(
    () => ({ program: path }),
    () => ({ missing: `${name} ${version} has no program for ${process.platform} ${process.arch}` }),
  );
}

/** The program, for a test that has skipped itself where there is none. */
export function programOf(installed: Installed): string {
  if ('missing' in installed) throw new Error(installed.missing);
  return installed.program;
}
