import { graceText } from '../../main/mcp/old-key-words.ts';
import { consequenceText, endText, findingText, mustBeEnded, restartText } from '../../main/mcp/words.ts';
import type { Plan, PlannedSite } from '../../main/rotation/plan.schema.ts';
import { line, plain } from './line.ts';

/** Puts colour around a line, or leaves it. */
export interface Paint {
  removed(text: string): string;
  added(text: string): string;
}

export const noPaint: Paint = { removed: (text) => text, added: (text) => text };
export const colours: Paint = {
  removed: (text) => `\u001b[31m${text}\u001b[39m`,
  added: (text) => `\u001b[32m${text}\u001b[39m`,
};

/** What a person reads before they confirm. Keys are masked in the plan already. */
export function planText(plan: Plan, paint: Paint): string {
  const restarts = plan.hosts.filter(({ running, reload }) => running !== false && reload !== 'by-itself');
  return [
    headline(plan),
    ...plan.consequences.map((consequence) => line`  ${consequenceText(consequence)}`),
    ...(plan.grace ? [line`  ${graceText(plan.grace)}`] : []),
    '',
    ...(plan.sites.length === 0 ? ['No file on this machine holds this key; it is replaced in the keychain.'] : []),
    ...plan.sites.flatMap((site) => siteText(site, paint)),
    ...section('Left as they are:', plan.findings.map(findingText)),
    ...section('Would write the old key back:', plan.hosts.filter(mustBeEnded).map(endText)),
    ...section('Afterwards:', restarts.map(restartText)),
  ].join('\n');
}

function headline({ way, target, credential, provider, baseUrl }: Plan): string {
  const at = line`at ${provider.name} (${baseUrl})`;
  if (way === 'undo') return `${line`Go back to the earlier key of “${target.name}”`} ${at}`;
  if (way === 'by-hand') return `${line`Rotate “${target.name}” by hand`} ${at}`;
  const whose = target.name === credential.name ? '' : line` with the key “${credential.name}”`;
  return `${line`Rotate “${target.name}”`}${whose} ${at}`;
}

function siteText(site: PlannedSite, paint: Paint): string[] {
  const server = site.server === null ? '' : line`, server “${site.server}”`;
  return [
    `${line`${site.file}, line ${site.line}`}${server}${line` (${site.owner.name})`}`,
    paint.removed(line`  - ${site.before.trim()}`),
    paint.added(line`  + ${site.after.trim()}`),
  ];
}

/** A heading with its lines, or nothing when there are none. */
export function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((text) => `  ${plain(text)}`)];
}
