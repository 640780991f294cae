import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Arch, Platform as BuilderPlatform, build, type Configuration } from 'electron-builder';
import { root } from '../../build/build.ts';
import { packaging } from '../../build/electron-builder.ts';
import { partsIn, writeParts } from '../../build/parts.ts';
import type { Platform } from '../../main/machine.ts';
import { stubElectron } from './stub-electron.ts';

/** The app as electron-builder lays it out for a platform, of a stub of Electron. */
export interface Packed {
  /** The folder that an installer copies. */
  readonly app: string;
  /** The folder that Electron calls `process.resourcesPath`. */
  readonly resources: string;
  readonly asar: string;
  /** On Linux only. */
  readonly appImage: { readonly desktopFile: string };
  /** On Linux only: what fpm was asked to make the package of, and the files that it was given. */
  readonly deb: {
    readonly options: readonly string[];
    readonly desktopFile: string;
    readonly afterInstall: string;
    readonly afterRemove: string;
  };
}

/** Windows can't make an app for another system. */
export const PACKABLE: readonly Platform[] = process.platform === 'win32' ? ['win32'] : ['darwin', 'linux', 'win32'];

const PLATFORMS = {
  darwin: { target: BuilderPlatform.MAC, kinds: ['dir'], app: 'mac/Rekey.app', resources: 'Contents/Resources' },
  linux: { target: BuilderPlatform.LINUX, kinds: ['AppImage', 'deb'], app: 'linux-unpacked', resources: 'resources' },
  win32: { target: BuilderPlatform.WINDOWS, kinds: ['dir'], app: 'win-unpacked', resources: 'resources' },
} as const;

/**
 * Packs as `npm run package` does, up to the tools that electron-builder would download: fpm and those of AppImages.
 *
 * @param folder where all of it goes; empty.
 */
export async function pack(platform: Platform, folder: string): Promise<Packed> {
  const release = join(folder, 'release');
  const electronDist = join(folder, 'electron');
  await stubElectron(platform, electronDist);
  const parts = partsIn(release);
  await writeParts(parts);
  await mkdir(dirname(parts.rekey), { recursive: true });
  await writeFile(join(parts.programs, platform === 'win32' ? 'rekey.exe' : 'rekey'), '#!/bin/sh\n', { mode: 0o755 });

  const fpm = await standInForFpm(folder);
  let desktopFile = '';
  const { target, kinds, app, resources } = PLATFORMS[platform];
  await withEnvironment({ CUSTOM_FPM_PATH: fpm.program }, () =>
    build({
      projectDir: root,
      targets: target.createTarget([...kinds], Arch.x64),
      config: unsigned(
        packaging({ platform, electronDist, release, env: { REKEY_HOMEPAGE: 'https://rekey.example' } }),
      ),
      publish: 'never',
      // An AppImage ends here, with its desktop file; a Debian package goes on to fpm.
      effectiveOptionComputed: async (options: { desktop?: string }) => {
        desktopFile = options.desktop ?? desktopFile;
        return options.desktop !== undefined;
      },
    }),
  );
  return {
    app: join(release, app),
    resources: join(release, app, resources),
    asar: join(release, app, resources, 'app.asar'),
    appImage: { desktopFile },
    deb: {
      options: (await fpm.wrote('options')).split('\n'),
      desktopFile: await fpm.wrote('desktop'),
      afterInstall: await fpm.wrote('after-install'),
      afterRemove: await fpm.wrote('after-remove'),
    },
  };
}

/** A stub can't be signed, also where there is a certificate. */
function unsigned(config: Configuration): Configuration {
  return { ...config, mac: { ...config.mac, identity: null } };
}

/** A program in the place of fpm: it keeps what it is given, and makes nothing. */
async function standInForFpm(folder: string) {
  const program = join(folder, 'fpm');
  const kept = join(folder, 'fpm-kept');
  await mkdir(kept);
  await writeFile(
    program,
    `#!/bin/sh
printf '%s\\n' "$@" > '${kept}/options'
while [ $# -gt 0 ]; do
  case "$1" in
    --after-install | --after-remove) cp "$2" "${kept}/\${1#--}" ;;
    *.desktop=*) cp "\${1%%=*}" '${kept}/desktop' ;;
  esac
  shift
done
`,
  );
  await chmod(program, 0o755);
  return { program, wrote: (name: string) => readFile(join(kept, name), 'utf8').catch(() => '') };
}

async function withEnvironment<T>(variables: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    process.env = before;
  }
}
