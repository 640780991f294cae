import { oldKeyText } from '../../main/mcp/old-key-words.ts';
import { leftToDo, outcomeText, restartsWanted, SITE_STATE } from '../../main/mcp/words.ts';
import type { Offer, Rotation } from '../../main/rotation/rotation.schema.ts';
import { line, plain, table } from './line.ts';
import { localTime } from './local-time.ts';
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
    ...oldKey(rotation),
    ...section('Left to do:', leftToDo(rotation)),
    ...section('To use the new key:', restartsWanted(rotation)),
    ...section(
      'What you can do:',
      rotation.offers.map((offer) => COMMANDS[offer](nameFor(rotation))),
    ),
  ].join('\n');
}

const COMMANDS: Record<Offer, (name: string) => string> = {
  'go-on': (name) => `try again: rekey resume ${name}`,
  'paste-key': (name) => `paste the new key that you have made: rekey adopt ${name}`,
  'copy-key': (name) => `copy the new key out of Rekey’s memory: rekey copy-new ${name}`,
  'give-up': (name) => `give it up: rekey give-up ${name}`,
  revoke: (name) => `revoke the old key now, or say that you have: rekey revoke ${name}`,
  undo: (name) => `go back to the old key: rekey undo ${name}`,
};

/** As it can be typed: a name that the shell would take apart is better left to the id. */
function nameFor({ id, target }: Rotation): string {
  return /^[\w.-]+$/.test(target.name) && !target.name.startsWith('-') ? target.name : id;
}

function oldKey(rotation: Rotation): string[] {
  const words = oldKeyText(rotation, localTime);
  return words === null ? [] : [line`  ${words}`];
}
