import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { INITIALIZE } from '../bridge/program.ts';
import { startApp } from '../mcp/app.ts';
import type { Bench } from './bench.ts';

let built: Promise<{ bridge: BuiltBridge; sdkServer: string }> | null = null;

/** Both programs, bundled the same way, made on first use. */
function programs(): Promise<{ bridge: BuiltBridge; sdkServer: string }> {
  built ??= (async () => {
    const bridge = await buildBridge();
    process.once('exit', () => rmSync(bridge.root, { recursive: true, force: true }));
    const sdkServer = join(bridge.root, 'sdk-server.mjs');
    const bundle = await rolldown({ input: join(import.meta.dirname, 'sdk-server.ts'), platform: 'node' });
    await bundle.write({ file: sdkServer, format: 'esm', codeSplitting: false });
    await bundle.close();
    return { bridge, sdkServer };
  })();
  return built;
}

/** Milliseconds from the start of a program to its answer to `initialize`, in the way of an MCP host. */
async function untilInitialized(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
  let answer = '';
  for await (const chunk of child.stdout) {
    answer += String(chunk);
    if (answer.includes('\n')) break;
  }
  const milliseconds = performance.now() - start;
  if (!answer.includes('"serverInfo"')) throw new Error(`${args[0]} did not answer to initialize`);
  child.stdin.end();
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return milliseconds;
}

async function ours(): Promise<number> {
  const { bridge } = await programs();
  const app = await startApp();
  try {
    return await untilInitialized([bridge.program, 'mcp'], { ...process.env, REKEY_HOME: app.home });
  } finally {
    await app.close();
  }
}

async function bareNode(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - start;
}

/** What every MCP host pays per server that it starts: the app runs already, the bridge does not. */
const bench: Bench = {
  name: 'bridge',
  cases: [
    {
      name: 'bridge start',
      unit: 'ms',
      runs: 15,
      ours,
      peers: {
        'bare node -e 0': bareNode,
        'bundled SDK server': async () => untilInitialized([(await programs()).sdkServer]),
      },
    },
  ],
};

export default bench;
