import { z } from 'zod';
import { VerificationStateSchema } from '../../credentials/credential.schema.ts';
import { credentialArgument } from '../arguments.ts';
import { chooseCredential } from '../choose-credential.ts';
import { defineTool } from '../tool.ts';

const HEADLINE = {
  accepted: (name: string) => `The service accepts the key “${name}”.`,
  refused: (name: string) => `The service refuses the key “${name}”.`,
  unknown: (name: string) => `The service could not be asked about the key “${name}”.`,
} as const;

export const verifyCredential = defineTool({
  name: 'verify_credential',
  title: 'Check a key at its service',
  description:
    'Asks the service whether it accepts the key that Rekey holds; nothing is rotated. Use it when a tool or server ' +
    'reports that it is not authorized, before anything else is tried. `unknown` means that the service could not be ' +
    'asked, not that the key is bad.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({ credential: credentialArgument }),
  data: z.strictObject({
    ok: z.literal(true),
    credential: z.string(),
    state: VerificationStateSchema,
    account: z.string().nullable(),
    reason: z.string().nullable(),
  }),
  async run(input, { api }) {
    const credential = await chooseCredential(api, input.credential);
    const { state, account, reason, credential: found } = await api.call('verifyCredential', { credential });
    return {
      headline: HEADLINE[state](found.name),
      data: { ok: true, credential: found.name, state, account, reason },
      actions:
        state === 'refused'
          ? [{ tool: 'list_hosts', args: {}, reason: 'See where this key stands, and tell the person.' }]
          : [],
    };
  },
});
