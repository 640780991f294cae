import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build as buildInstallers, Platform } from 'electron-builder';
import { platformOf } from '../main/machine.ts';
import { build, root } from './build.ts';
import { packaging } from './electron-builder.ts';
import { partsIn, writeParts } from './parts.ts';
import { buildSingleExecutable } from './single-executable.ts';

/** `npm run package`: the installers for this platform, in `release/`. */
const release = join(root, 'release');
const parts = partsIn(release);
const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules/electron/dist');

await build();
await buildSingleExecutable(parts.rekey);
await writeParts(parts);
console.log(`Made, in ${join(release, 'parts')}: the rekey program, the licences and the list of parts (SBOM).`);

if (existsSync(electronDist)) await makeInstallers();
else {
  console.error(
    `No installer was made: the Electron runtime is not at ${electronDist}. Let \`npx electron --version\` fetch it ` +
      'where the network allows that, or name the folder of one in ELECTRON_OVERRIDE_DIST_PATH; then run this again.',
  );
  process.exitCode = 1;
}

async function makeInstallers(): Promise<void> {
  if (process.platform === 'linux' && !process.env.REKEY_HOMEPAGE) {
    console.log('No Debian package will be made: it has to name the project’s page, which REKEY_HOMEPAGE gives.');
  }
  const made = await buildInstallers({
    projectDir: root,
    targets: Platform.current().createTarget(),
    config: packaging({ platform: platformOf(process.platform), electronDist, release, env: process.env }),
    publish: 'never',
  });
  console.log(['Made:', ...made].join('\n  '));
}
