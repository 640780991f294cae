const electronShell = '^main/index\\.ts$|^main/shells/electron/';

/** The dependency directions of the design; `npm run check` fails on a breach. */
export default {
  forbidden: [
    {
      name: 'only-the-electron-shell-imports-electron',
      severity: 'error',
      from: { pathNot: `${electronShell}|^preload/(main|confirmation)-window\\.ts$` },
      to: { path: '(^|node_modules/)electron($|/)' },
    },
    {
      name: 'the-core-imports-no-shell',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(index|browser|node)\\.ts$|^main/shells/' },
      to: { path: '^main/shells/' },
    },
    {
      name: 'shells-do-not-know-each-other',
      severity: 'error',
      from: { path: '^main/shells/(browser|electron|pages)/' },
      to: { path: '^main/shells/(browser|electron)/', pathNot: '^main/shells/$1/' },
    },
    {
      name: 'hosts-and-configs-know-no-provider',
      severity: 'error',
      from: { path: '^main/(hosts|configs)/' },
      to: { path: '^main/(providers|rotation|credentials/(?!secret))' },
    },
    {
      name: 'providers-know-no-host',
      severity: 'error',
      from: { path: '^main/providers/' },
      to: { path: '^main/(hosts|configs|rotation|mcp)/' },
    },
    {
      name: 'one-folder-knows-the-mcp-sdk',
      severity: 'error',
      from: { pathNot: '^main/mcp/' },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    {
      name: 'the-bridge-is-small',
      comment: 'the `rekey mcp` command imports neither electron nor the SDK, nor anything else from npm',
      severity: 'error',
      from: { path: '^bridge/mcp\\.ts$' },
      to: {
        reachable: true,
        path: 'node_modules/|^main/(?!mcp/socket-path\\.ts|storage/(data-folder|errors)\\.ts|errors\\.ts|machine\\.ts|shells/choose\\.ts)',
      },
    },
    {
      name: 'pages-reach-the-core-by-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/', pathNot: '\\.schema\\.ts$' },
    },
    {
      name: 'schemas-are-pure',
      severity: 'error',
      from: { path: '\\.schema\\.ts$' },
      to: { pathNot: '\\.schema\\.ts$|node_modules/zod/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
