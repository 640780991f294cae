import { z } from 'zod';
import { VerificationStateSchema } from '../../credentials/credential.schema.ts';
import { shortened } from '../arguments.ts';
import { defineTool } from '../tool.ts';

const CredentialDataSchema = z.strictObject({
  name: z.string(),
  provider: z.string(),
  kind: z.string().nullable(),
  fingerprint: z.string().describe('First 12 hex digits of the SHA-256 of the key'),
  state: z.enum(['ok', 'rotating', 'needs-you', 'locked']),
  rotated_at: z.iso.datetime().nullable(),
  last_verified: z.strictObject({ state: VerificationStateSchema, at: z.iso.datetime() }).nullable(),
  cooldown_until: z.iso.datetime().nullable(),
  rotation_id: z.string().nullable().describe('The rotation that runs, or the last one'),
});

export const listCredentials = defineTool({
  name: 'list_credentials',
  title: 'List keys',
  description:
    'Lists the API keys that Rekey looks after: name, service, state, and a fingerprint in place of the key. Use it to ' +
    'find the name that the other tools take. No key itself can be read with it.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({}),
  data: z.strictObject({ ok: z.literal(true), credentials: z.array(CredentialDataSchema) }),
  async run(_input, { api }) {
    const credentials = await api.call('listCredentials', {});
    const { shown, truncated } = shortened(credentials);
    return {
      headline: credentials.length === 1 ? 'Rekey looks after 1 key.' : `Rekey looks after ${credentials.length} keys.`,
      data: {
        ok: true,
        credentials: shown.map((credential) => ({
          name: credential.name,
          provider: credential.providerName,
          kind: credential.kind,
          fingerprint: credential.fingerprint,
          state: credential.state,
          rotated_at: credential.rotatedAt,
          last_verified: credential.verification && {
            state: credential.verification.state,
            at: credential.verification.at,
          },
          cooldown_until: credential.cooldown?.until ?? null,
          rotation_id: credential.rotationId,
        })),
      },
      truncated,
    };
  },
});
