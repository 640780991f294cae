import { z } from 'zod';
import type { RekeyApi } from '../../../preload/contract.ts';
import { RekeyError } from '../../errors.ts';
import type { Rotation } from '../../rotation/rotation.schema.ts';
import { RotationDataSchema, rotationData } from '../rotation-data.ts';
import { defineTool } from '../tool.ts';
import { outcomeText } from '../words.ts';

export const getRotation = defineTool({
  name: 'get_rotation',
  title: 'Look at a rotation',
  description:
    'Shows how far a rotation has come, how it ended and what is left to do. Use it after rotate_api_key was cancelled or ' +
    'timed out: a rotation that a person has confirmed goes on without you. Without `rotation_id`: the latest one.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ rotation_id: z.string().min(1).max(100).optional() }),
  data: RotationDataSchema.extend({ ok: z.literal(true) }),
  async run(input, { api }) {
    const rotation =
      input.rotation_id === undefined ? await latest(api) : await api.call('getRotation', { id: input.rotation_id });
    return { headline: outcomeText(rotation), data: { ok: true, ...rotationData(rotation) } };
  },
});

async function latest(api: RekeyApi): Promise<Rotation> {
  const rotations = await api.call('listRotations', {});
  const [first, ...rest] = rotations;
  if (!first)
    throw new RekeyError('rotation-unknown', 'There has been no rotation yet.', 'Ask for one if it is wanted.');
  return rest.reduce((newest, other) => (other.startedAt > newest.startedAt ? other : newest), first);
}
