import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { AnyEvent, CallInput, CallName, CallOutput, RekeyApi } from '../../preload/contract.ts';
import type { Caller } from '../calls/caller.ts';
import type { Core } from '../calls/dispatch.ts';
import type { Secret } from '../credentials/secret.ts';
import { printable } from './printable.ts';
import type { Tool } from './tool.ts';
import { getRotation } from './tools/get-rotation.ts';
import { listCredentials } from './tools/list-credentials.ts';
import { listHosts } from './tools/list-hosts.ts';
import { planRotation } from './tools/plan-rotation.ts';
import { rotateApiKey } from './tools/rotate-api-key.ts';
import { verifyCredential } from './tools/verify-credential.ts';

/** What the MCP server and the local socket need of the app. */
export interface McpBackend {
  readonly core: Core;
  /** The new key of a rotation that came of this approval: once, and only if the person gave it to the client. */
  takeKeyForClient(approvalId: string): Promise<Secret | null>;
  readonly version: string;
}

/** Milliseconds between two progress notifications while a person is waited for. */
export const PROGRESS_EVERY_MS = 5_000;

/** Calls of one client that are done side by side; those that wait for a person count too. */
const MOST_AT_ONCE = 64;

const tools: readonly Tool[] = [listCredentials, planRotation, rotateApiKey, getRotation, verifyCredential, listHosts];

const INSTRUCTIONS =
  'Rekey keeps API keys in the keychain of this machine and rotates them. Keys themselves are never shown; a ' +
  'fingerprint stands for each. Every rotation is confirmed by a person in Rekey. Never ask for a key in the conversation.';

/**
 * Serves MCP to one client until its connection ends.
 *
 * The SDK's server holds the protocol; the tools are listed and called here, so that wrong arguments too are answered
 * in the envelope.
 * @param program the program at the other end and its process, as far as they are known.
 */
export async function serveMcp(
  backend: McpBackend,
  program: Pick<Caller, 'program' | 'pid'>,
  transport: Transport,
  progressEveryMs: number = PROGRESS_EVERY_MS,
): Promise<McpServer> {
  const mcp = new McpServer(
    { name: 'rekey', title: 'Rekey', version: backend.version },
    { instructions: INSTRUCTIONS },
  );
  const { server } = mcp;
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(({ listing }) => listing) }));
  let running = 0;
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { _meta, signal, sendNotification }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool) throw new McpError(ErrorCode.InvalidParams, 'There is no tool of this name.');
    if (running >= MOST_AT_ONCE) {
      throw new McpError(ErrorCode.InternalError, `More than ${MOST_AT_ONCE} calls at once. Nothing was changed.`);
    }
    running += 1;
    const caller: Caller = { carrier: 'agent', ...program, client: clientOf(server.getClientVersion()) };
    const progressToken = _meta?.progressToken;
    let progress = 0;
    return tool
      .call(params.arguments, {
        api: apiOf(backend.core, caller),
        signal,
        progress: (message) => {
          if (progressToken === undefined) return;
          progress += 1;
          const notification = { progressToken, progress, message };
          // A client that is gone needs no news; its end aborts the call.
          sendNotification({ method: 'notifications/progress', params: notification }).catch(() => {});
        },
        progressEveryMs,
        takeKeyForClient: (approvalId) => backend.takeKeyForClient(approvalId),
      })
      .finally(() => {
        running -= 1;
      });
  });
  await mcp.connect(transport);
  return mcp;
}

function apiOf(core: Core, caller: Caller): RekeyApi {
  return {
    call: <K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> => core.call(name, input, caller),
    on: (listener: (event: AnyEvent) => void) => core.on(listener),
  };
}

function clientOf(info: { name: string; version: string } | undefined): Caller['client'] {
  return info ? { name: printable(info.name), version: printable(info.version) } : null;
}
