import type { Host } from '../host.ts';

const servers = [['mcp_servers'], ['profiles', '*', 'mcp_servers']];
const home = '${CODEX_HOME:-~/.codex}';

export const codex: Host = {
  id: 'codex',
  name: 'Codex',
  files: [
    { scope: 'user', place: `${home}/config.toml`, format: 'toml', tables: servers },
    { scope: 'profile', place: `${home}/*.config.toml`, format: 'toml', tables: servers },
    { scope: 'project', place: '<project>/.codex/config.toml', format: 'toml', tables: servers },
    { scope: 'above a project', place: '<above>/.codex/config.toml', format: 'toml', tables: servers },
    {
      scope: 'managed defaults',
      place: {
        darwin: '/etc/codex/config.toml',
        win32: 'C:/ProgramData/OpenAI/Codex/config.toml',
        linux: '/etc/codex/config.toml',
      },
      format: 'toml',
      tables: [],
    },
    {
      scope: 'managed',
      place: {
        darwin: '/etc/codex/managed_config.toml',
        win32: `${home}/managed_config.toml`,
        linux: '/etc/codex/managed_config.toml',
      },
      format: 'toml',
      tables: [],
    },
  ],
  traces: [home],
  programs: {
    darwin: ['codex', '@openai/codex/bin/codex.js', 'Codex.app/Contents/MacOS/Codex'],
    win32: ['codex.exe', '@openai/codex/bin/codex.js'],
    linux: ['codex', '@openai/codex/bin/codex.js'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'http_headers.*', 'bearer_token'],
  references: ['env_vars', 'bearer_token_env_var', 'env_http_headers', 'http_headers_helper'],
  copies: [],
  projectLists: [{ place: `${home}/config.toml`, namesOf: ['projects'], format: 'toml' }],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.169.0: user and project scope, folders above a project up to the top of its repository, ' +
    'CODEX_HOME (which must be there), <name>.config.toml with -p <name>, inline tables, comments, CRLF and a BOM are ' +
    'read; `codex mcp add` writes all servers anew and drops their comments, always with mode 0600, through a link. ' +
    'A project counts once it is trusted, which it notes under [projects] in its config.toml. [profiles] inside config.toml are passed over ("no longer supported", so ' +
    'older versions read them), and -p is refused while one of that name is there. Not run: the files of an administrator ' +
    '(openai/codex codex-rs/config/src/loader/mod.rs, those of Windows from a description of it; the ' +
    'managed_config.toml there is not proven). The desktop app, the editor extension and the command line share the ' +
    'file; the app for Windows writes it at its start (openai/codex#24718), whether from memory is not known. The ' +
    'names of its programs are not proven. Names in env_vars, bearer_token_env_var and env_http_headers are variables ' +
    'of the shell and stay.',
};
