import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';

/** Its own list, where it stood before, and the table that installers for other hosts write. */
const servers = [['mcpServers'], ['mcp', 'servers'], ['plugins', 'mcp', 'servers']];

export const witsy: Host = {
  id: 'witsy',
  name: 'Witsy',
  files: [{ scope: 'user', place: inAppData('Witsy/settings.json'), format: 'json', tables: servers }],
  traces: [inAppData('Witsy'), { darwin: '/Applications/Witsy.app' }],
  programs: { darwin: ['Witsy.app/Contents/MacOS/*'], win32: ['Witsy.exe'] },
  reload: 'by-itself',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [inAppData('Witsy/settings.*.json')],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'Witsy encrypts what stands under a name that holds the word apikey, and only it can change that.',
    todo: 'Open Settings > MCP Servers in Witsy, edit the server, and put the new key into the variable of that name.',
  },
  evidence:
    'Not run. nbonamy/witsy src/main/mcp.ts: its own servers are a list in which url holds the address, or the ' +
    'arguments of a program in one text, and mcpServers is the table that Smithery writes; it watches the file and ' +
    'starts its servers anew when one of them has changed. src/main/config.ts: every saved setting writes the whole ' +
    'file from what it holds, which it drops when the file changes, so a change made just then can be lost; a file ' +
    'that it can not parse is copied to settings.<time>.json and replaced by defaults; values outside of lists under ' +
    'a name with apikey in it are moved to apiKeys.json, encrypted. BITSCALE_API_KEY is no such name, BITSCALE_APIKEY ' +
    'is. Its own servers have no name but an uuid and a label.',
};
