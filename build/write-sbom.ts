import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { root } from './build.ts';

/** The longest list of parts that is taken from npm, in bytes. */
const LONGEST_SBOM_BYTES = 64_000_000;

/** The parts of CycloneDX that are used here. */
export interface Sbom {
  readonly metadata: { readonly component: { name: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** What the app is made of, as CycloneDX: what npm finds in the lock file, development tools left out. */
export async function readSbom(): Promise<Sbom> {
  const question = ['sbom', '--omit=dev', '--package-lock-only', '--sbom-type=application', '--sbom-format=cyclonedx'];
  // npm's own script where npm runs us: on Windows `npm` is no program.
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, ...question]] : ['npm', question];
  const { stdout } = await promisify(execFile)(command, args, { cwd: root, maxBuffer: LONGEST_SBOM_BYTES });
  const sbom: Sbom = JSON.parse(stdout);
  // npm takes the folder's name.
  sbom.metadata.component.name = manifest.name;
  return sbom;
}

export async function writeSbom(file: string, sbom: Sbom): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(sbom, null, 2)}\n`);
}
