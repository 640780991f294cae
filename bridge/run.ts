import type { Installation } from './installation.ts';

/** The `rekey` program. `rekey mcp` loads no more than it needs: every MCP host starts one. */
export async function run(installation: Installation): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'mcp' && rest.length === 0) {
    const { bridge } = await import('./mcp.ts');
    await bridge(installation);
  } else {
    const { runCommandLine } = await import('./command-line.ts');
    await runCommandLine(installation);
  }
}
