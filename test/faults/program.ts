import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Builds the child's program into one file, since thousands of starts from the sources would take hours.
 * @returns its path.
 */
export async function buildProgram(folder: string): Promise<string> {
  const program = join(folder, 'rekey-child.mjs');
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'rekey-child.ts'),
    external: ['keytar'],
    platform: 'node',
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'] },
  });
  await mkdir(folder, { recursive: true });
  await bundle.write({ file: program, format: 'esm', codeSplitting: false });
  await bundle.close();
  // Where the bundle finds what is native.
  const modules = join(folder, 'node_modules');
  await rm(modules, { force: true });
  await symlink(join(import.meta.dirname, '..', '..', 'node_modules'), modules);
  return program;
}
