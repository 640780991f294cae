import { leftToDo, outcomeText, restartsWanted, SITE_STATE } from '../../main/mcp/words.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { line, plain, table } from './line.ts';
import { section } from './plan.ts';

/** How a rotation ended or stands, place by place, and what is left to do. */
export function rotationText(rotation: Rotation): string {
  const { problem, unverified, cooldown, sites, newFingerprint, notKept } = rotation;
  return [
    plain(outcomeText(rotation)),
    ...(newFingerprint ? [line`  new key: ${newFingerprint} (fingerprint)`] : []),
    ...(problem ? [line`  ${problem.message}`] : []),
    ...(unverified ? [line`  ${unverified.message} ${unverified.wayOut}`] : []),
    ...(cooldown ? [line`  The service blocks ${cooldown.what} until ${cooldown.until}.`] : []),
    ...(sites.length === 0
      ? []
      : [
          '',
          table(
            sites.map(({ site, state }) => [SITE_STATE[state], `${site.file}, line ${site.line}`, site.owner.name]),
            '  ',
          ),
        ]),
    ...section(
      'Changed without a backup:',
      notKept.map(({ problem: why }) => why.message),
    ),
    ...section('Left to do:', leftToDo(rotation)),
    ...section('To use the new key:', restartsWanted(rotation)),
  ].join('\n');
}
