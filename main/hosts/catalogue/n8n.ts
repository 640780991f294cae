import type { Host } from '../host.ts';

export const n8n: Host = {
  id: 'n8n',
  name: 'n8n',
  files: [],
  traces: ['${N8N_USER_FOLDER:-~}/.n8n'],
  programs: { darwin: ['n8n'], win32: ['n8n/bin/n8n'], linux: ['n8n'] },
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: [],
  references: [],
  copies: [],
  known: 'documented',
  patchable: 'no',
  byHand: {
    why: 'n8n keeps credentials encrypted in its database, where only it can write.',
    todo: 'Open Credentials in n8n, choose the one with this key, and put the new key into it.',
  },
  evidence:
    'Not run. Credentials are encrypted before they are saved to the database, with the key in the folder ~/.n8n or in ' +
    'N8N_ENCRYPTION_KEY: docs.n8n.io, page encryption-key. A key that was typed into a node itself stands in the ' +
    'workflow, in the same database. n8n in a container leaves no trace here.',
};
