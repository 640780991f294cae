import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';

export const tome: Host = {
  id: 'tome',
  name: 'Tome',
  files: [{ scope: 'installers', place: '~/.tome/mcp_config.json', format: 'json', tables: [['mcpServers']] }],
  traces: [inAppData('co.runebook'), '~/.tome'],
  programs: { darwin: ['Tome.app/Contents/MacOS/tome'], win32: ['Tome/tome.exe'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'partly',
  byHand: {
    why: 'Tome keeps its servers in a database that only it can write.',
    todo: 'Open the MCP page of Tome, choose the server, and put the new key into its variables.',
  },
  evidence:
    'Not run. runebookai/tome src-tauri/src/migrations.rs: command, arguments and env of its servers are columns of the ' +
    'table mcp_servers in tome.db, an SQLite file in the folder co.runebook (src-tauri/tauri.conf.json, where its program ' +
    'has its name from). Its source as far as it was read knows no mcp_config.json; @smithery/cli 4.11.1 writes one to ' +
    '~/.tome, and a key that was left there is changed.',
};
