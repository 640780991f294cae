import type { CredentialView } from '../../preload/contract.ts';
import type { Reload, ValueSource } from '../hosts/host.schema.ts';
import type { Consequence } from '../providers/provider.schema.ts';
import type { Finding, Plan } from '../rotation/plan.schema.ts';
import type { Outcome, Rotation, SiteResult, Step } from '../rotation/rotation.schema.ts';

/** The English of the agent's answers and of the command line; the pages have their own, translated. */
export function consequenceText(consequence: Consequence): string {
  switch (consequence.kind) {
    case 'old-key-dies-at-once':
      return 'The old key stops working at once.';
    case 'old-key-works-until-revoked':
      return 'The old key works until Rekey revokes it, after the new one stands everywhere.';
    case 'old-key-works-for-a-while':
      return 'The service lets the old key work for a while, as long as you choose.';
    case 'made-by-hand':
      return 'You make the new key on the service’s page and paste it, and revoke the old one there.';
    case 'new-key-expires':
      return `The new key ends by itself after ${consequence.days} days.`;
    case 'newer-key-revoked':
      return 'The earlier key comes back, and the newer one is revoked.';
    case 'blocked':
      return `The service blocks ${consequence.what} for ${duration(consequence.minutes)}.`;
    case 'other-machines-stop':
      return 'Whatever uses this key outside this machine stops until it gets the new one.';
    case 'irreversible':
      return 'There is no way back to the old key.';
  }
}

function duration(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
}

/** Something found that a rotation leaves as it is, and what to do about it. */
export function findingText(finding: Finding): string {
  const place = 'line' in finding ? `${finding.file}, line ${finding.line}` : finding.file;
  switch (finding.kind) {
    case 'reference':
      return `${place}: ${finding.name} refers to ${finding.expression}. ${sourceText(finding.source)}`;
    case 'outside-server-table':
      return `${place}: the key stands outside the servers; take it out by \`rekey redact\`, or change it there yourself.`;
    case 'in-comment':
      return `${place}: the key stands in a comment; take it out by \`rekey redact\`, or remove it there yourself.`;
    case 'other-key':
      return `${place}: ${finding.name} holds another key.`;
    case 'copy':
      return `${place}: a copy that ${finding.owner.name} made; it will still hold the old key. See \`rekey copies\`.`;
    case 'problem':
      return `${place}: ${finding.problem.message} ${finding.problem.wayOut}`;
  }
}

const STEP: Record<Rotation['way'], Partial<Record<Exclude<Step, 'ended'>, string>>> = {
  request: {},
  'by-hand': {
    preflighted: 'Checked that everything can be written',
    requested: 'Waiting for the new key, which you make on the page of the service',
  },
  undo: {
    preflighted: 'Checked that everything can be written',
    staged: 'Took the earlier key from the keychain',
    verified: 'Asked the service about the earlier key',
    promoted: 'Made the earlier key the current one',
  },
};

const USUAL_STEP: Record<Exclude<Step, 'ended'>, string> = {
  confirmed: 'Confirmed',
  preflighted: 'Checked that everything can be written and that the service answers',
  requested: 'Asked the service for a new key',
  answered: 'Got the answer of the service',
  staged: 'Put the new key into the keychain',
  verified: 'Asked the service about the new key',
  promoted: 'Made the new key the current one',
  patched: 'Went through the files',
};

/**
 * Tells each step of a rotation once, however many were taken between two looks; the end is told by the outcome.
 * @param toldBefore steps of its history that are known already.
 */
export function stepTeller(tell: (text: string) => void, toldBefore = 0): (rotation: Rotation) => void {
  let told = toldBefore;
  return ({ history, way }) => {
    for (const { step } of history.slice(told)) if (step !== 'ended') tell(STEP[way][step] ?? USUAL_STEP[step]);
    told = Math.max(told, history.length);
  };
}

const OUTCOME: Record<Outcome, (name: string) => string> = {
  done: (name) => `“${name}” has a new key.`,
  'done-in-part': (name) => `“${name}” has a new key, but something is left to do.`,
  stopped: (name) => `The rotation of “${name}” stopped before anything was sent. Nothing was changed.`,
  declined: (name) => `The service declined to rotate “${name}”. Nothing was changed.`,
  unchanged: (name) => `The rotation of “${name}” had no effect: the old key still works.`,
  lost: (name) => `The service rotated “${name}”, and the new key did not arrive. A new one must be made by hand.`,
  'given-up': (name) => `The rotation of “${name}” was given up.`,
};

const UNDO_OUTCOME: typeof OUTCOME = {
  ...OUTCOME,
  done: (name) => `“${name}” is back at its earlier key.`,
  'done-in-part': (name) => `“${name}” is back at its earlier key, but something is left to do.`,
  stopped: (name) =>
    `The way back to the earlier key of “${name}” stopped before anything was done. Nothing was changed.`,
};

/** How the rotation ended, or why it stands still. */
export function outcomeText(rotation: Rotation): string {
  const { name } = rotation.target;
  if (rotation.outcome) return (rotation.way === 'undo' ? UNDO_OUTCOME : OUTCOME)[rotation.outcome](name);
  return rotation.waiting
    ? `The rotation of “${name}” is not done yet: ${rotation.waiting.problem.message}`
    : `The rotation of “${name}” is under way.`;
}

export const SITE_STATE: Record<SiteResult['state'], string> = {
  pending: 'not yet',
  patched: 'new key',
  'put-back': 'new key, again',
  gone: 'no longer there',
  'to-do': 'left to do',
  skipped: 'left as it is',
};

/** What is left to do by hand after a rotation, one sentence each. */
export function leftToDo(rotation: Rotation): string[] {
  const sites = rotation.sites.flatMap(({ site, state, problem }) =>
    state === 'to-do'
      ? [`${site.file}, line ${site.line}: ${problem ? `${problem.message} ${problem.wayOut}` : ''}`]
      : [],
  );
  const findings = rotation.findings.filter(({ kind }) => kind !== 'problem' && kind !== 'other-key').map(findingText);
  const problem = rotation.waiting?.problem ?? rotation.problem;
  return [...(problem ? [problem.wayOut] : []), ...sites, ...findings].map((text) => text.trim());
}

/** A host in a terminal that would write the old key back: Rekey can't end it, the person can. */
export function mustBeEnded({ running, rewritesFile, isDesktopApp }: Plan['hosts'][number]): boolean {
  return running === true && rewritesFile && !isDesktopApp;
}

export function endText({ name }: { readonly name: string }): string {
  return `${name} keeps the old key in memory: end it before you confirm, and start it again afterwards.`;
}

/** What the person is still to start again after a rotation, one sentence each. */
export function restartsWanted({ restarts }: Rotation): string[] {
  return restarts
    .filter(({ state }) => state === 'wanted')
    .map((restart) =>
      restart.problem ? `${restart.problem.message} ${restart.problem.wayOut}` : restartText(restart),
    );
}

export function restartText(host: { name: string; reload: Reload }): string {
  switch (host.reload) {
    case 'by-itself':
      return `${host.name} sees the new key by itself.`;
    case 'restart-server':
      return `Start the server again in ${host.name}.`;
    case 'restart-host':
      return `Start ${host.name} again.`;
  }
}

export const CREDENTIAL_STATE: Record<CredentialView['state'], string> = {
  ok: 'ok',
  rotating: 'rotating',
  'needs-you': 'needs you',
  locked: 'locked',
};

/** Where a reference takes its value from, and so where the key is to be changed. */
export function sourceText({ kind, name, setIn }: ValueSource): string {
  switch (kind) {
    case 'variable':
      return setIn.length === 0
        ? `Change the variable ${name} where it is set; Rekey found it in no shell profile and no .env file.`
        : `Change the variable ${name} in ${setIn.map(({ file, line }) => `${file}, line ${line}`).join(' and ')}.`;
    case 'file':
      return `Change the key in ${name}.`;
    case 'input':
      return `The host asked you for “${name}” and keeps it encrypted; enter the new key there.`;
    case 'secret-store':
      return `Change “${name}” in the host’s own store of secrets.`;
    case 'command':
      return 'Its value comes from a command; change the key where that command takes it from.';
  }
}
