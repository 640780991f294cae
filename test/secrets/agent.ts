import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { App } from '../e2e/stories/app.ts';
import type { Visitor } from './visitor.ts';

/** An MCP client that uses every tool. @param name of the client, as it says itself. */
export async function asAgent(app: App, name: string, work: (agent: Client) => Promise<void>): Promise<void> {
  const client = new Client({ name, version: '1' });
  await client.connect(new StdioClientTransport({ ...app.bridge, stderr: 'pipe' }));
  try {
    await client.listTools();
    await work(client);
  } finally {
    await client.close();
  }
}

export async function useAllTools(agent: Client, credential: string): Promise<void> {
  for (const [name, args] of [
    ['list_credentials', {}],
    ['list_hosts', {}],
    ['plan_rotation', { credential }],
    ['verify_credential', { credential }],
    ['verify_credential', { credential: 'no such key' }],
  ] as const)
    await agent.callTool({ name, arguments: args });
}

/** The agent asks, and somebody else confirms what waits. */
export async function rotateAsAgent(
  agent: Client,
  credential: string,
  visitor: Visitor,
  confirm: (waiting: Approval) => Promise<unknown>,
): Promise<void> {
  const asked = agent.callTool({ name: 'rotate_api_key', arguments: { credential, confirm: 'rotate-now' } });
  const isIt = ({ state, plan }: Approval): boolean => state === 'waiting' && plan.credential.name === credential;
  for (;;) {
    const waiting = (await visitor.call('listApprovals', {})).find(isIt);
    if (!waiting) continue;
    await confirm(waiting);
    await asked;
    return;
  }
}
