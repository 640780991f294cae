import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { root } from './build.ts';
import { productionPackages } from './production-packages.ts';

/** The longest list of parts that is taken from npm, in bytes. */
const LONGEST_SBOM_BYTES = 64_000_000;

/** The parts of CycloneDX that are looked at here. */
export interface Sbom {
  readonly metadata: { readonly component: { name: string; readonly 'bom-ref': string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What the app is made of, as CycloneDX: npm's own list, without what only its development needs. */
export async function readSbom(): Promise<Sbom> {
  const question = ['sbom', '--package-lock-only', '--sbom-type=application', '--sbom-format=cyclonedx'];
  // npm's own script where npm runs us: on Windows `npm` is no program.
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, ...question]] : ['npm', question];
  const { stdout } = await promisify(execFile)(command, args, { cwd: root, maxBuffer: LONGEST_SBOM_BYTES });
  const sbom: Sbom = JSON.parse(stdout);
  // npm takes the folder's name.
  sbom.metadata.component.name = manifest.name;
  return onlyProduction(sbom);
}

export async function writeSbom(file: string, sbom: Sbom): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(sbom, null, 2)}\n`);
}

/** npm counts them among the tools, and they go into the installers: the app's runtime, and that of `rekey`. */
const { electron, node } = manifest.devDependencies;
const RUNTIMES = [`electron@${electron}`, `node@${node}`];

function onlyProduction(sbom: Sbom): Sbom {
  const wanted = new Set([...RUNTIMES, ...productionPackages().map(({ name, version }) => `${name}@${version}`)]);
  const components = sbom.components.filter(({ name, version }) => wanted.has(`${name}@${version}`));
  const refs = new Set([sbom.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  return { ...sbom, components, dependencies };
}
