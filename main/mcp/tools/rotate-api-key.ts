import { z } from 'zod';
import type { Approval } from '../../approvals/approval.schema.ts';
import type { Rotation } from '../../rotation/rotation.schema.ts';
import { agentIdArgument, credentialArgument } from '../arguments.ts';
import { chooseCredential } from '../choose-credential.ts';
import type { Answer } from '../envelope.ts';
import { whyNone } from '../not-approved.ts';
import { type RotationData, RotationDataSchema, rotationData } from '../rotation-data.ts';
import { RotationWatch } from '../rotation-watch.ts';
import { type Asked, defineTool } from '../tool.ts';
import { outcomeText, stepTeller } from '../words.ts';

const WAITING = 'Waiting for a person to confirm in Rekey';

const DataSchema = RotationDataSchema.extend({
  ok: z.boolean().describe('Whether the key was rotated'),
  new_api_key: z.string().optional().describe('Only if the person chose to give the key to this client'),
});

export const rotateApiKey = defineTool({
  name: 'rotate_api_key',
  title: 'Rotate a key',
  description:
    'Asks for the rotation of an API key: the service makes a new key, and Rekey puts it into its keychain and into every ' +
    'config file where the old one stood. At most services the old key stops working at once and there is no way back.\n' +
    'Call it only when the person has asked for this rotation, never to try something out or to mend an error by ' +
    'yourself. `confirm` must be exactly "rotate-now". Nothing happens until a person also confirms in Rekey itself; ' +
    'the call waits for that up to two minutes, and you can not confirm in their place. If it is denied or runs out, ' +
    'nothing was changed: do not ask again unless the person wants it.\n' +
    'Cancelling takes the question back while it waits. A rotation that was confirmed goes on even if this call is ' +
    'cancelled: see get_rotation. The answer holds a fingerprint of the new key, not the key.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input: z.strictObject({
    credential: credentialArgument,
    agent_id: agentIdArgument,
    confirm: z
      .literal('rotate-now', { error: 'must be exactly "rotate-now", given on the wish of the person' })
      .describe('Must be exactly "rotate-now"'),
  }),
  data: DataSchema,
  async run(input, asked) {
    const credential = await chooseCredential(asked.api, input.credential);
    const watch = new RotationWatch(asked.api);
    try {
      const request = await asked.api.call('requestRotation', {
        credential,
        ...(input.agent_id !== undefined && { agentId: input.agent_id }),
      });
      const decided = await decision(watch, request, asked);
      const none = whyNone(decided);
      if (none) throw none;
      const id = await watch.rotationOf(decided, asked.signal);
      const first = await asked.api.call('getRotation', { id });
      const rotation = await watch.end(first, asked.signal, stepTeller(asked.progress));
      return await answer(rotation, decided, asked);
    } finally {
      watch.close();
    }
  },
});

/** Waits for the person, with a sign of life every few seconds. A cancelled call takes its question back. */
async function decision(watch: RotationWatch, request: Approval, asked: Asked): Promise<Approval> {
  asked.progress(WAITING);
  const signsOfLife = setInterval(() => asked.progress(WAITING), asked.progressEveryMs);
  try {
    return await watch.decision(request, asked.signal);
  } catch (error) {
    // Too late when the person was faster; then the rotation goes on, and nobody waits for this answer any more.
    await asked.api.call('withdraw', { id: request.id }).catch(() => {});
    throw error;
  } finally {
    clearInterval(signsOfLife);
  }
}

async function answer(
  rotation: Rotation,
  approval: Approval,
  asked: Asked,
): Promise<Answer<z.input<typeof DataSchema>>> {
  const ok = rotation.outcome === 'done' || rotation.outcome === 'done-in-part';
  const data = rotationData(rotation);
  const key = ok && approval.giveKeyToClient ? await asked.takeKeyForClient(approval.id) : null;
  return {
    headline: outcomeText(rotation),
    data: { ok, ...data, ...(key && { new_api_key: key.reveal() }) },
    warnings: warnings(rotation, data),
    actions: ok
      ? []
      : [
          {
            tool: 'get_rotation',
            args: { rotation_id: rotation.id },
            reason: 'See how it stands now. Do not start another rotation to mend this one.',
          },
        ],
    isError: !ok,
  };
}

function warnings(rotation: Rotation, { restarts, old_key_end, person_can }: RotationData): string[] {
  const { cooldown, unverified, problem } = rotation;
  return [
    ...(problem ? [`${problem.message} ${problem.wayOut}`] : []),
    ...(unverified ? [`${unverified.message} ${unverified.wayOut}`] : []),
    ...(old_key_end ? [old_key_end] : []),
    ...(rotation.waiting || rotation.outcome === 'lost' ? person_can : []),
    ...(cooldown ? [`The service blocks ${cooldown.what} until ${cooldown.until}.`] : []),
    ...(restarts.length > 0 ? [`The new key is used only after a restart: ${restarts.join(' ')}`] : []),
  ];
}
