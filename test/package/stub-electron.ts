import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import type { Platform } from '../../main/machine.ts';

/** The mark behind which Electron's executables keep their fuses, and fuses as a new Electron has them. */
const FUSES = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100110', 'latin1');

/** The layout of Electron's runtime without its programs: enough for electron-builder to make an app of it. */
export async function stubElectron(platform: Platform, folder: string): Promise<void> {
  const files: Record<Platform, Readonly<Record<string, string | Uint8Array>>> = {
    linux: {
      ...BESIDE,
      electron: program(),
      'chrome-sandbox': '',
    },
    win32: {
      ...BESIDE,
      'electron.exe': windowsProgram(),
    },
    darwin: {
      ...LICENSES,
      'Electron.app/Contents/Info.plist': plist('Electron'),
      'Electron.app/Contents/MacOS/Electron': '#!/bin/sh\n',
      'Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework': program(),
      'Electron.app/Contents/Resources/default_app.asar': '',
      'Electron.app/Contents/Resources/electron.icns': '',
      'Electron.app/Contents/Resources/en.lproj/locale.pak': '',
      'Electron.app/Contents/Resources/zh_CN.lproj/locale.pak': '',
      'Electron.app/Contents/Resources/fr.lproj/locale.pak': '',
      'Electron.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak': '',
      ...macHelper('Helper'),
      ...macHelper('Helper (GPU)'),
      ...macHelper('Helper (Plugin)'),
      ...macHelper('Helper (Renderer)'),
    },
  };
  for (const [path, content] of Object.entries(files[platform])) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o755 });
  }
}

const LICENSES = { LICENSE: 'the licence of Electron', 'LICENSES.chromium.html': 'the licences of Chromium' };

/** What stands beside the executable on Linux and Windows. */
const BESIDE = {
  ...LICENSES,
  'locales/en-US.pak': '',
  'locales/zh-CN.pak': '',
  'locales/fr.pak': '',
  'resources/default_app.asar': '',
};

function program(): Buffer {
  return Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), FUSES]);
}

/** A Windows executable without code, that says who made it. */
function windowsProgram(): Uint8Array {
  const executable = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(executable);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { CompanyName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  executable.setExtraData(new Uint8Array(FUSES).buffer);
  return new Uint8Array(executable.generate());
}

function macHelper(name: string): Record<string, string> {
  const folder = `Electron.app/Contents/Frameworks/Electron ${name}.app/Contents`;
  return { [`${folder}/Info.plist`]: plist(`Electron ${name}`), [`${folder}/MacOS/Electron ${name}`]: '#!/bin/sh\n' };
}

function plist(executable: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${executable}</string></dict></plist>
`;
}
