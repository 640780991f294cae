import type { Host } from '../host.ts';

const servers = [['mcpServers']];
const own = [['mcpServers'], ['projects', '*', 'mcpServers']];
const plugins = '${CLAUDE_CONFIG_DIR:-~/.claude}/plugins';
const lock = { kind: 'lock-directory', staleMs: 10_000 } as const;

export const claudeCode: Host = {
  id: 'claude-code',
  name: 'Claude Code',
  files: [
    {
      scope: 'user and local',
      place: '${CLAUDE_CONFIG_DIR:-~}/.claude.json',
      format: 'json',
      tables: own,
      lock,
    },
    {
      scope: 'user and local (older name)',
      place: '${CLAUDE_CONFIG_DIR:-~/.claude}/.config.json',
      format: 'json',
      tables: own,
      lock,
    },
    {
      scope: 'user and local (own sign-in service)',
      place: '${CLAUDE_CONFIG_DIR:-~}/.claude-custom-oauth.json',
      format: 'json',
      tables: own,
      lock,
    },
    { scope: 'project', place: '<project>/.mcp.json', format: 'json', tables: servers },
    { scope: 'above a project', place: '<above>/.mcp.json', format: 'json', tables: servers },
    {
      scope: 'plugin',
      place: `${plugins}/cache/*/*/*/.mcp.json`,
      format: 'json',
      tables: [['mcpServers'], []],
    },
    {
      scope: 'plugin (manifest)',
      place: `${plugins}/cache/*/*/*/.claude-plugin/plugin.json`,
      format: 'json',
      tables: servers,
    },
    {
      scope: 'plugin of a marketplace',
      place: `${plugins}/marketplaces/*/*/*/.mcp.json`,
      format: 'json',
      tables: [['mcpServers'], []],
    },
    {
      scope: 'plugin of a marketplace (manifest)',
      place: `${plugins}/marketplaces/*/*/*/.claude-plugin/plugin.json`,
      format: 'json',
      tables: servers,
    },
    {
      scope: 'managed',
      place: {
        darwin: '/Library/Application Support/ClaudeCode/managed-mcp.json',
        win32: '%PROGRAMFILES%/ClaudeCode/managed-mcp.json',
        linux: '/etc/claude-code/managed-mcp.json',
      },
      format: 'json',
      tables: [],
    },
    { scope: 'settings', place: '${CLAUDE_CONFIG_DIR:-~/.claude}/settings.json', format: 'json', tables: [] },
    { scope: 'project settings', place: '<project>/.claude/settings.json', format: 'json', tables: [] },
    { scope: 'project settings (own)', place: '<project>/.claude/settings.local.json', format: 'json', tables: [] },
  ],
  traces: ['${CLAUDE_CONFIG_DIR:-~/.claude}', '~/.local/share/claude/versions'],
  programs: {
    darwin: [
      'claude',
      'claude/versions/*',
      '@anthropic-ai/claude-code/bin/claude.exe',
      '@anthropic-ai/claude-code/cli.js',
    ],
    win32: [
      '.local/bin/claude.exe',
      'claude/versions/*',
      '@anthropic-ai/claude-code/bin/claude.exe',
      '@anthropic-ai/claude-code-win32-*/claude.exe',
      '@anthropic-ai/claude-code/cli.js',
      'claude-code/*/claude.exe',
      'anthropic.claude-code-*/resources/native-binary/claude.exe',
    ],
    linux: [
      'claude',
      'claude/versions/*',
      '@anthropic-ai/claude-code/bin/claude.exe',
      '@anthropic-ai/claude-code/cli.js',
    ],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'headersHelper'],
  references: ['${NAME}', '${NAME:-default}'],
  copies: [
    '${CLAUDE_CONFIG_DIR:-~/.claude}/backups/.claude*.json.backup.*',
    '${CLAUDE_CONFIG_DIR:-~/.claude}/backups/.claude*.json.corrupted.*',
    '${CLAUDE_CONFIG_DIR:-~/.claude}/backups/.config.json.backup.*',
    '${CLAUDE_CONFIG_DIR:-~/.claude}/backups/.config.json.corrupted.*',
    '${CLAUDE_CONFIG_DIR:-~}/.claude*.json.backup*',
    '${CLAUDE_CONFIG_DIR:-~}/.claude*.json.corrupted.*',
    '${CLAUDE_CONFIG_DIR:-~}/.claude*.json.tmp.*',
  ],
  projectLists: [
    { place: '${CLAUDE_CONFIG_DIR:-~}/.claude.json', namesOf: ['projects'] },
    { place: '${CLAUDE_CONFIG_DIR:-~/.claude}/.config.json', namesOf: ['projects'] },
  ],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 2.1.329 (2.1.197 before): it writes ~/.claude.json with mode 0600, ' +
    '$CLAUDE_CONFIG_DIR/.claude.json when that is set, and .config.json in the config folder in place of both when ' +
    'there is one. While it writes it holds the folder <file>.lock, beside the name it was given even when that is ' +
    'a link, and follows the link for the file; a lock that somebody else holds makes it wait up to 10 s, then it ' +
    'takes it over. It copies to <config folder>/backups/<name>.backup.<ms> before a change, and a file that it can ' +
    'not parse to <name>.corrupted.<ms> there, then stops. .mcp.json is read in the project and in every folder ' +
    'above it, and written with mode 0644, no lock. It reads its file again before each write, so an old key does ' +
    'not come back; servers that run keep the environment they were started with. Keys in the env of settings.json ' +
    'stand in no server table: reported. The file of a sign-in service of your own (CLAUDE_CODE_CUSTOM_OAUTH_URL) ' +
    'was read in 2.1.329, not run. Plugins: the folders of the plugin cache and of marketplaces as usually laid ' +
    'out, not run; one that lies deeper is not found, and an update of a plugin may bring its own file again. macOS ' +
    'and Windows: documentation and anthropics/claude-code#28922.',
};
