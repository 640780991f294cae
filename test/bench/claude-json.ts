/** A key as it stands in the generated file, and the one that takes its place. Both made up. */
export const OLD_KEY = 'sk-live-bench-0123456789abcdefghijkl';
export const NEW_KEY = 'sk-live-bench-zyxwvutsrqponmlkjihgfe';
export const TABLES = [['mcpServers'], ['projects', '*', 'mcpServers']] as const;
/** Where the key stands, as another program has to be told. */
export const PATHS = [
  ['mcpServers', 'acme', 'env', 'ACME_API_KEY'],
  ['projects', '/home/user/project-1', 'mcpServers', 'acme', 'env', 'ACME_API_KEY'],
] as const;

const CHAT = [
  'Rename the function, then run the tests again.\n\n```ts\nexport const a = "b";\n```\n',
  'The build fails with `error TS2345`, see the log: \tat Object.<anonymous> (/home/user/project/src/index.ts:10:5)\n',
  'Grüße! Bitte prüfe noch einmal die Überschriften, “so wie sie sind”. 你好，世界。\n',
  'const response = await fetch("https://example.invalid/api?id=1&name=x"); // {"ok":true,"items":[1,2,3]}\n',
];

/**
 * A `~/.claude.json` as Claude Code grows it: two spaces, projects with histories and pasted text, counters and flags.
 * The same for the same size.
 * @param megabytes size of the text, roughly.
 */
export function claudeJson(megabytes: number): Buffer {
  const projects: Record<string, unknown> = {};
  const server = { type: 'stdio', command: 'npx', args: ['-y', 'acme-mcp'], env: { ACME_API_KEY: OLD_KEY } };
  let size = 0;
  for (let project = 1; size < megabytes * 1_000_000 * 0.97; project++) {
    const history = Array.from({ length: 100 }, (_, entry) => ({
      display: CHAT[(project + entry) % CHAT.length]?.repeat(1 + ((project * entry) % 5)),
      pastedContents: entry % 7 === 0 ? { '1': { id: 1, type: 'text', content: CHAT[entry % 4]?.repeat(60) } } : {},
      timestamp: 1_790_000_000_000 + project * 1_000 + entry,
    }));
    projects[`/home/user/project-${project}`] = {
      allowedTools: ['Bash(npm run test:*)', 'Read'],
      history,
      mcpServers: project === 1 ? { acme: server } : {},
      exampleFiles: ['index.ts', 'main.ts'],
      lastCost: 0.1234 * project,
      lastTotalInputTokens: 12_345,
      hasTrustDialogAccepted: true,
    };
    size += Buffer.byteLength(JSON.stringify(history, null, 2)) + 100 * 6 * 6 + 500;
  }
  const document = {
    numStartups: 412,
    tipsHistory: { 'new-user': 1 },
    projects,
    mcpServers: { acme: server },
    userID: '0',
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
}
