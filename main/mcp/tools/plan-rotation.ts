import { z } from 'zod';
import { ReloadSchema } from '../../hosts/host.schema.ts';
import { StrategySchema } from '../../providers/provider.schema.ts';
import { WaySchema } from '../../rotation/plan.schema.ts';
import { agentIdArgument, credentialArgument, shortened } from '../arguments.ts';
import { chooseCredential } from '../choose-credential.ts';
import { graceText } from '../old-key-words.ts';
import { defineTool } from '../tool.ts';
import { consequenceText, findingText } from '../words.ts';

export const planRotation = defineTool({
  name: 'plan_rotation',
  title: 'Show what a rotation would do',
  description:
    'Shows what a rotation of a key would do, without doing it: what happens to the old key, which lines of which files ' +
    'change (keys masked), what is left alone and which programs need a restart. Changes nothing and asks nobody. Use ' +
    'it before rotate_api_key, and tell the person what it says.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ credential: credentialArgument, agent_id: agentIdArgument }),
  data: z.strictObject({
    ok: z.literal(true),
    credential: z.string(),
    target: z.string().describe('Whose key is replaced; another than `credential` when an agent’s is'),
    provider: z.string(),
    strategy: StrategySchema,
    way: WaySchema.describe('by-hand: the person makes the new key on the service’s page and pastes it into Rekey'),
    old_key_choice: z
      .string()
      .nullable()
      .describe('For how long the old key may work on, where there is a choice; only the person makes it'),
    consequences: z.array(z.string()),
    sites: z.array(
      z.strictObject({
        file: z.string(),
        line: z.number().int(),
        host: z.string(),
        server: z.string().nullable(),
        before: z.string(),
        after: z.string(),
      }),
    ),
    left_alone: z.array(z.string()).describe('What was found and will not be changed'),
    hosts: z.array(z.strictObject({ name: z.string(), running: z.boolean().nullable(), reload: ReloadSchema })),
  }),
  async run(input, { api }) {
    const credential = await chooseCredential(api, input.credential);
    const agent = input.agent_id === undefined ? {} : { agentId: input.agent_id };
    const plan = await api.call('planRotation', { credential, ...agent });
    const sites = shortened(plan.sites);
    const findings = shortened(plan.findings);
    return {
      headline: `A rotation of “${plan.target.name}” would change ${plan.sites.length} place${plan.sites.length === 1 ? '' : 's'}. Nothing has been done.`,
      data: {
        ok: true,
        credential: plan.credential.name,
        target: plan.target.name,
        provider: plan.provider.name,
        strategy: plan.strategy,
        way: plan.way,
        old_key_choice: plan.grace && graceText(plan.grace),
        consequences: plan.consequences.map(consequenceText),
        sites: sites.shown.map(({ file, line, owner, server, before, after }) => ({
          file,
          line,
          host: owner.name,
          server,
          before,
          after,
        })),
        left_alone: findings.shown.map(findingText),
        hosts: plan.hosts.map(({ name, running, reload }) => ({ name, running, reload })),
      },
      actions: [
        {
          tool: 'rotate_api_key',
          args: {
            credential,
            ...(input.agent_id !== undefined && { agent_id: input.agent_id }),
            confirm: 'rotate-now',
          },
          reason: 'Only if the person has asked for this rotation; they confirm it in Rekey.',
        },
      ],
      truncated: sites.truncated || findings.truncated,
    };
  },
});
