import { oldKeyText } from '../../main/mcp/old-key-words.ts';
import { outcomeText } from '../../main/mcp/words.ts';
import type { Revocation, Rotation } from '../../main/rotation/rotation.schema.ts';
import type { KeychainState } from '../../preload/contract.ts';
import type { Command, Done } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { rotationsOf } from '../find-rotation.ts';
import { line } from '../text/line.ts';
import { localTime } from '../text/local-time.ts';
import { section } from '../text/plan.ts';
import { rotationText } from '../text/rotation.ts';

export const status: Command = {
  name: 'status',
  usage: 'status [NAME|ID]',
  summary: 'show how Rekey stands, or the latest rotation of a key',
  options: {},
  words: [0, 1],
  async run({ positionals: [ref] }, { core }) {
    const client = await core();
    if (ref === undefined) return overview(client);
    const [newest] = await rotationsOf(client, ref);
    const rotation = newest ?? (await client.call('getRotation', { id: ref }));
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
  const lost = latestOfEach(rotations).filter(({ outcome }) => outcome === 'lost');
  const oldKeys = rotations.filter(({ outcome, revocation }) => outcome !== null && isAlive(revocation));
  return {
    json: { ...state, credentials: credentials.length, approvals: waiting, rotations: unfinished, lost, oldKeys },
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
        'Lost, for you to make a new one:',
        lost.map((rotation) => `${rotation.id}: ${outcomeText(rotation)}`),
      ),
      ...section(
        'Keys from before that still work:',
        oldKeys.map((rotation) => `“${rotation.target.name}” (${rotation.id}): ${oldKeyText(rotation, localTime)}`),
      ),
      ...section(
        'To know:',
        state.notices.map(({ message, wayOut }) => `${message} ${wayOut}`),
      ),
    ].join('\n'),
  };
}

/** What became of an earlier rotation is over once there is a later one of the same key. */
function latestOfEach(rotations: readonly Rotation[]): readonly Rotation[] {
  const isLater = (one: Rotation, other: Rotation): boolean =>
    one.target.id === other.target.id && one.startedAt > other.startedAt;
  return rotations.filter((rotation) => !rotations.some((other) => isLater(other, rotation)));
}

function isAlive(revocation: Revocation | null): boolean {
  return revocation?.state === 'due' || revocation?.state === 'held';
}

export function keychainText({ kind, status, problem }: KeychainState): string {
  const what =
    kind === null ? 'not chosen' : { os: 'of the system', file: 'encrypted file', memory: 'memory only' }[kind];
  return line`Keychain: ${what}, ${status}${problem ? `. ${problem.message} ${problem.wayOut}` : ''}`;
}
