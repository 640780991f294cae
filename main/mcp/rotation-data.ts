import { z } from 'zod';
import type { ErrorViewSchema } from '../errors.schema.ts';
import { WaySchema } from '../rotation/plan.schema.ts';
import { OutcomeSchema, type Rotation, SiteResultSchema, StepSchema } from '../rotation/rotation.schema.ts';
import { oldKeyText } from './old-key-words.ts';
import { personCan } from './person-can.ts';
import { leftToDo, restartsWanted } from './words.ts';

/** A rotation as an agent sees it. Fingerprints only, never a key. */
export const RotationDataSchema = z.strictObject({
  rotation_id: z.string(),
  credential: z.string(),
  provider: z.string(),
  way: WaySchema.describe('How the new key comes; by-hand: the person makes it and pastes it into Rekey'),
  step: StepSchema,
  outcome: OutcomeSchema.nullable().describe('null while it is not ended'),
  waits_on: z.enum(['keychain', 'service', 'person']).nullable(),
  problem: z
    .strictObject({ code: z.string(), message: z.string(), way_out: z.string() })
    .nullable()
    .describe('Why it stands still, or why it is not simply done'),
  old_key_fingerprint: z.string().nullable(),
  new_key_fingerprint: z.string().nullable().describe('First 12 hex digits of the SHA-256 of the new key'),
  old_key: z.enum(['dead', 'works', 'unknown']),
  old_key_end: z.string().nullable().describe('What becomes of the old key where it works on, and who ends it'),
  sites: z
    .array(
      z.strictObject({
        file: z.string(),
        host: z.string(),
        server: z.string().nullable(),
        state: SiteResultSchema.shape.state,
      }),
    )
    .describe('The places where the key stood, and what became of them'),
  to_do: z.array(z.string()).describe('What is left for the person to do'),
  person_can: z.array(z.string()).describe('What the person can do in Rekey now, and nobody else'),
  restarts: z.array(z.string()).describe('Programs to start again before they see the new key'),
  cooldown_until: z.iso.datetime().nullable(),
  cooldown_of: z.string().nullable().describe('What the service blocks until then'),
});
export type RotationData = z.infer<typeof RotationDataSchema>;

export function rotationData(rotation: Rotation): RotationData {
  const problem = rotation.waiting?.problem ?? rotation.problem;
  return {
    rotation_id: rotation.id,
    credential: rotation.target.name,
    provider: rotation.provider.name,
    way: rotation.way,
    step: rotation.step,
    outcome: rotation.outcome,
    waits_on: rotation.waiting?.on ?? null,
    problem: problem && wordsOf(problem),
    old_key_fingerprint: rotation.oldFingerprint,
    new_key_fingerprint: rotation.newFingerprint,
    old_key: stateOfOldKey(rotation),
    old_key_end: oldKeyText(rotation),
    sites: rotation.sites.map(({ site, state }) => ({
      file: site.file,
      host: site.owner.name,
      server: site.server,
      state,
    })),
    to_do: leftToDo(rotation),
    person_can: personCan(rotation),
    restarts: restartsWanted(rotation),
    cooldown_until: rotation.cooldown?.until ?? null,
    cooldown_of: rotation.cooldown?.what ?? null,
  };
}

function wordsOf({ code, message, wayOut }: z.infer<typeof ErrorViewSchema>): NonNullable<RotationData['problem']> {
  return { code, message, way_out: wayOut };
}

/** By what is known: only an in-place service says with its new key that the old one is dead. */
function stateOfOldKey({ outcome, step, strategy, way, revocation }: Rotation): RotationData['old_key'] {
  if (revocation) return revocation.state === 'revoked' ? 'dead' : 'works';
  if (outcome === 'lost') return 'dead';
  if (outcome === 'done' || outcome === 'done-in-part')
    return strategy === 'in-place' && way === 'request' ? 'dead' : 'unknown';
  if (outcome !== null || step === 'confirmed' || step === 'preflighted') return 'works';
  return 'unknown';
}
