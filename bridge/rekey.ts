#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

/** The folder that holds `dist/`: found here, because this file alone has a fixed place in it. */
const root = fileURLToPath(new URL('..', import.meta.url));

const [command, ...rest] = process.argv.slice(2);
if (command === 'mcp' && rest.length === 0) {
  const { bridge } = await import('./mcp.ts');
  await bridge(root);
} else {
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(root);
}
