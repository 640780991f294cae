import { span } from '../main/mcp/old-key-words.ts';
import type { Plan } from '../main/rotation/plan.schema.ts';
import { type Arguments, text } from './command.ts';
import type { Terminal } from './terminal.ts';
import { WrongUse } from './wrong-use.ts';

export const graceOption = { grace: { type: 'string' } } as const;

const MINUTES = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

/** Minutes that `--grace 30m|1h|7d|1w|0` gives; null without it. @throws {WrongUse} */
export function graceByOption(args: Arguments): number | null {
  const given = text(args, 'grace');
  if (given === undefined) return null;
  if (given === '0') return 0;
  const [, count, unit] = /^(\d{1,4})([mhdw])$/.exec(given) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * MINUTES[unit as keyof typeof MINUTES];
  throw new WrongUse('--grace takes a time such as 30m, 1h, 7d or 1w, or 0.', 'Correct it, or leave it out.');
}

/** Asks for how long the old key is to work on, where the plan has a choice. @returns minutes; null where there is none. */
export async function chosenGrace(terminal: Terminal, { grace }: Plan, signal: AbortSignal): Promise<number | null> {
  if (!grace || grace.choices.length < 2) return null;
  const choices = grace.choices.map(
    (minutes, index) =>
      `  ${index + 1}  ${minutes === 0 ? 'not at all' : span(minutes)}${minutes === grace.default ? ' (by default)' : ''}`,
  );
  let question = `\nFor how long is the old key to work on, when everything is in place?\n${choices.join('\n')}\n`;
  for (;;) {
    const answer = await terminal.ask(`${question}Number, or Enter for the default: `, signal);
    if (answer === '') return grace.default;
    const chosen = /^\d+$/.test(answer) ? grace.choices[Number(answer) - 1] : undefined;
    if (chosen !== undefined) return chosen;
    question = 'That is none of these. ';
  }
}
