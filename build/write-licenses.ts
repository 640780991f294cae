import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { root } from './build.ts';
import { type ProductionPackage, productionPackages } from './production-packages.ts';

/** A package that the app is made of, and under which licence. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** SPDX; of a choice, what is chosen. */
  readonly license: string;
  /** The package's own licence and notice files, or the licence's general text where it has none. */
  readonly text: string;
}

/** Licences that let a package be handed on inside an app of another licence, when its text goes along. */
export const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'PSF-2.0',
];

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;
/** Of whatever is no npm package, and of licences whose text a package may lack. */
const texts = join(root, 'build/licenses');

/** Every package of the app, and the Node in the `rekey` program. */
export async function productionLicenses(): Promise<Licensed[]> {
  const version = manifest.devDependencies.node;
  return [
    ...(await Promise.all(productionPackages().map(licensed))),
    {
      name: 'Node.js, in the rekey program',
      version,
      license: 'MIT',
      text: await readFile(join(texts, `node-${version}.txt`), 'utf8'),
    },
  ];
}

/** All of {@link productionLicenses} as one text for the people who get the app. */
export async function writeLicenses(file: string): Promise<void> {
  const sections = (await productionLicenses()).map(
    ({ name, version, license, text }) => `${'='.repeat(78)}\n${name} ${version}: ${license}\n\n${text.trim()}\n`,
  );
  const head = `Rekey is made with the packages below. Each is under the licence that follows its name.
Rekey itself is under the MIT licence. Electron's and Chromium's own stand beside the app.\n\n`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, head + sections.join('\n'));
}

/** @throws {Error} for a licence that is not {@link ALLOWED}: whoever adds a package decides about it. */
export function chosenLicense(name: string, expression: string): string {
  const chosen = expression
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .find((license) => ALLOWED.includes(license));
  if (!chosen) throw new Error(`${name} is under ${expression}, which build/write-licenses.ts does not allow.`);
  return chosen;
}

async function licensed({ name, version, license: expression, path }: ProductionPackage): Promise<Licensed> {
  const license = chosenLicense(name, expression);
  const folder = join(root, path);
  const files = (await readdir(folder)).filter((file) => LICENSE_FILE.test(file)).sort();
  const own = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return {
    name,
    version,
    license,
    text: own.length > 0 ? own.join('\n\n') : await readFile(join(texts, `${license}.txt`), 'utf8'),
  };
}
