import { outcomeText } from '../../main/mcp/words.ts';
import type { KeychainState } from '../../preload/contract.ts';
import type { Command, Done } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { line } from '../text/line.ts';
import { section } from '../text/plan.ts';
import { rotationText } from '../text/rotation.ts';

export const status: Command = {
  name: 'status',
  usage: 'status [ID]',
  summary: 'show how Rekey stands, or one rotation',
  options: {},
  words: [0, 1],
  async run({ positionals: [id] }, { core }) {
    const client = await core();
    if (id === undefined) return overview(client);
    const rotation = await client.call('getRotation', { id });
    return { json: rotation, text: rotationText(rotation) };
  },
};

async function overview(client: CoreClient): Promise<Done> {
  const [state, credentials, approvals, rotations] = await Promise.all([
    client.call('getStatus', {}),
    client.call('listCredentials', {}),
    client.call('listApprovals', {}),
    client.call('listRotations', {}),
  ]);
  const waiting = approvals.filter((approval) => approval.state === 'waiting');
  const unfinished = rotations.filter(({ step }) => step !== 'ended');
  return {
    json: { ...state, credentials: credentials.length, approvals: waiting, rotations: unfinished },
    text: [
      line`Rekey ${state.version}, ${state.shell} shell, process ${state.pid}, data in ${state.dataFolder}`,
      keychainText(state.keychain),
      line`Keys: ${credentials.length}`,
      ...section(
        'Waiting for you:',
        waiting.map(({ id, plan }) => `“${plan.target.name}”: rekey approve ${id}`),
      ),
      ...section(
        'Under way:',
        unfinished.map((rotation) => `${rotation.id}: ${outcomeText(rotation)}`),
      ),
      ...section(
        'To know:',
        state.notices.map(({ message, wayOut }) => `${message} ${wayOut}`),
      ),
    ].join('\n'),
  };
}

export function keychainText({ kind, status, problem }: KeychainState): string {
  const what =
    kind === null ? 'not chosen' : { os: 'of the system', file: 'encrypted file', memory: 'memory only' }[kind];
  return line`Keychain: ${what}, ${status}${problem ? `. ${problem.message} ${problem.wayOut}` : ''}`;
}
