import type { Batch } from '../../main/approvals/batch.schema.ts';
import { consequenceText } from '../../main/mcp/words.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { line } from './line.ts';
import { section } from './plan.ts';

/** What a person reads before they confirm several rotations at once: of each what it does and in which files. */
export function batchText({ approvals, refused }: Batch): string {
  return [
    approvals.length === 1 ? 'Rotate 1 key:' : `Rotate ${approvals.length} keys:`,
    ...approvals.flatMap(({ plan }) => ['', ...shortPlan(plan)]),
    ...section(
      'Can’t be rotated now:',
      refused.map(({ credential, problem }) => `“${credential}”: ${problem.message} ${problem.wayOut}`),
    ),
    '',
    'See `rekey plan NAME` for each line that changes.',
  ].join('\n');
}

function shortPlan({ target, provider, baseUrl, consequences, sites, findings }: Plan): string[] {
  const files = [...new Set(sites.map(({ file }) => file))];
  const left = findings.filter(({ kind }) => kind !== 'other-key').length;
  return [
    line`“${target.name}” at ${provider.name} (${baseUrl})`,
    ...consequences.map((consequence) => line`  ${consequenceText(consequence)}`),
    ...(files.length === 0 ? ['  In no file on this machine.'] : files.map((file) => line`  ${file}`)),
    ...(left === 0 ? [] : [`  Left as they are: ${left} other places that hold or name it.`]),
  ];
}
