import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const librechat: Host = {
  id: 'librechat',
  name: 'LibreChat',
  files: [
    { scope: 'project', place: '<project>/librechat.yaml', format: 'yaml', tables: servers },
    { scope: 'home folder', place: '~/LibreChat/librechat.yaml', format: 'yaml', tables: servers },
  ],
  traces: ['~/LibreChat'],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}', '{{NAME}}'],
  copies: [],
  known: 'documented',
  patchable: 'partly',
  byHand: {
    why:
      'LibreChat can also take a key from its .env file, and servers that were added in LibreChat itself are in its ' +
      'database.',
    todo:
      'Add the folder of LibreChat as a project to have its librechat.yaml looked at. Put the new key into its .env file, ' +
      'or into the server in LibreChat, yourself, and start LibreChat again.',
  },
  evidence:
    'Not run. The form, ${NAME}, the variables of a user in {{...}} and that it has to be started again: librechat.ai, ' +
    'pages mcp_servers and features/mcp. The file is in the folder that LibreChat is started from, which a person chooses; ' +
    '~/LibreChat is where a plain git clone in the home folder puts it. CONFIG_PATH moves the file, but is so common a ' +
    'name, and can be an address, that it is not followed. .env of a project belongs to other programs as well and is ' +
    'not listed here.',
};
