import type { Host, Place } from '../host.ts';

const servers = [['extensions']];

/** GOOSE_PATH_ROOT moves everything, and then the folder of the config has a plain name. */
const moved = '${GOOSE_PATH_ROOT}/config';
const user = {
  darwin: '${XDG_CONFIG_HOME:-~/.config}/goose',
  win32: '%APPDATA%/Block/goose/config',
  linux: '${XDG_CONFIG_HOME:-~/.config}/goose',
};
/** Where versions of old kept it on macOS. */
const older = '~/Library/Application Support/Block/goose';

function inUser(file: string): Place {
  return { darwin: `${user.darwin}/${file}`, win32: `${user.win32}/${file}`, linux: `${user.linux}/${file}` };
}

export const goose: Host = {
  id: 'goose',
  name: 'Goose',
  files: [
    { scope: 'user', place: inUser('config.yaml'), format: 'yaml', tables: servers },
    { scope: 'user (moved)', place: `${moved}/config.yaml`, format: 'yaml', tables: servers },
    { scope: 'user (older)', place: { darwin: `${older}/config.yaml` }, format: 'yaml', tables: servers },
    { scope: 'secrets', place: inUser('secrets.yaml'), format: 'yaml', tables: [[]] },
    { scope: 'secrets (moved)', place: `${moved}/secrets.yaml`, format: 'yaml', tables: [[]] },
    { scope: 'secrets (older)', place: { darwin: `${older}/secrets.yaml` }, format: 'yaml', tables: [[]] },
  ],
  traces: [user, moved, { darwin: older }, { darwin: '/Applications/Goose.app' }],
  programs: {
    darwin: ['Goose.app/Contents/MacOS/Goose', 'goosed', '.local/bin/goose'],
    win32: ['goosed.exe'],
    linux: ['goosed', '.local/bin/goose'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['envs.*', 'args[]', 'uri', 'headers.*'],
  references: ['env_keys', '$NAME', '${NAME}'],
  copies: [
    {
      darwin: `${user.darwin}/config.yaml.bak*`,
      win32: `${user.win32}/config.yaml.bak*`,
      linux: `${user.linux}/config.yaml.bak*`,
    },
    `${moved}/config.yaml.bak*`,
    { darwin: `${older}/config.yaml.bak*` },
  ],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: "Goose usually keeps the secrets of its extensions in the system's keychain, where only Goose may write.",
    todo: 'In Goose, open Extensions, choose the extension, and put the new key in the place of the old one.',
  },
  evidence:
    'Not run. Read in block/goose (now aaif-goose/goose) crates/goose/src/config/paths.rs and base.rs: the places, ' +
    'GOOSE_PATH_ROOT when it is an absolute path, the file read again at each use and written whole with a copy in ' +
    'config.yaml.bak before, comments lost; a file that it can not parse is replaced by that copy or by defaults. ' +
    'secrets.yaml is used when the keychain is switched off (GOOSE_DISABLE_KEYRING) or fails; else the keys under ' +
    'env_keys stand in the keychain. References in headers, the programs and the older folder on macOS are not ' +
    'proven; the name goose alone is left out, since another program has it.',
};
