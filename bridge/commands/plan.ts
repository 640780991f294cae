import { type Command, text, word } from '../command.ts';
import { planText } from '../text/plan.ts';

export const plan: Command = {
  name: 'plan',
  usage: 'plan NAME [--agent-id ID]',
  summary: 'show what a rotation would do',
  options: { 'agent-id': { type: 'string' } },
  words: [1, 1],
  async run(args, { core, paint }) {
    const agentId = text(args, 'agent-id');
    const found = await (await core()).call('planRotation', {
      credential: word(args),
      ...(agentId !== undefined && { agentId }),
    });
    return { json: found, text: planText(found, paint) };
  },
};
