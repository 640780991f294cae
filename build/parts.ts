import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './build.ts';
import { writeLicenses } from './write-licenses.ts';
import { readSbom, writeSbom } from './write-sbom.ts';

/** What goes into the installers beside the app. */
export interface Parts {
  /** The folder of `rekey`: a folder of its own, since Windows and macOS can't tell it from the app's `Rekey`. */
  readonly programs: string;
  readonly rekey: string;
  readonly licenses: string;
  readonly sbom: string;
  readonly afterInstall: string;
  readonly afterRemove: string;
}

export function partsIn(release: string): Parts {
  const folder = join(release, 'parts');
  return {
    programs: join(folder, 'bin'),
    rekey: join(folder, 'bin', process.platform === 'win32' ? 'rekey.exe' : 'rekey'),
    licenses: join(folder, 'licenses.txt'),
    sbom: join(folder, 'sbom.cdx.json'),
    afterInstall: join(folder, 'deb/after-install'),
    afterRemove: join(folder, 'deb/after-remove'),
  };
}

/** All parts but the `rekey` program. */
export async function writeParts(parts: Parts): Promise<void> {
  await writeSbom(parts.sbom, await readSbom());
  await writeLicenses(parts.licenses);
  await writeScript(parts.afterInstall, 'after-install.tpl', `ln -sf '${INSTALLED_REKEY}' ${COMMAND}`);
  await writeScript(parts.afterRemove, 'after-remove.tpl', `rm -f ${COMMAND}`);
}

const COMMAND = '/usr/bin/rekey';
// electron-builder puts the name in.
const INSTALLED_REKEY = '/opt/${sanitizedProductName}/resources/bin/rekey';
const theirScripts = join(root, 'node_modules/app-builder-lib/templates/linux');

/** electron-builder's own script of a Debian package, which makes the app start, and `rekey` on the path. */
async function writeScript(file: string, template: string, line: string): Promise<void> {
  const theirs = await readFile(join(theirScripts, template), 'utf8');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${theirs.trimEnd()}\n\n${line}\n`);
}
