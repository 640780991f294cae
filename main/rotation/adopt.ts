import { CredentialError } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import { canBeKey } from '../providers/new-key.ts';
import { OF_ONE_KEY } from '../providers/of-one-key.ts';
import type { Provider } from '../providers/provider.ts';
import { askService } from './ask-service.ts';
import { RotationError } from './errors.ts';
import type { Run } from './run.ts';

/** What the person brings from the service's page. */
export interface PastedKey {
  readonly key: Secret;
  /** Secrets that the service shows with it; those that aren't named stay as they are. */
  readonly companions: Readonly<Record<string, Secret>>;
  /** What this key has its own of. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Takes the key that the person made by hand as the new one, and keeps it as pending; all the rest goes on from there.
 *
 * @param evenIfRefused takes also a key of another form, or one that the service does not accept (yet).
 * @throws {RotationError} `rotation-superseded`, {CredentialError} `credential-key-form`, `credential-key-known`, `credential-key-refused`,
 * `credential-setting-unknown`; {KeychainError}.
 * Nothing was changed then.
 */
export async function adopt(run: Run, { key, companions, settings }: PastedKey, evenIfRefused: boolean): Promise<void> {
  refuseSuperseded(run);
  refuseUnknown(run, companions, settings);
  await refuseKnown(run, key);
  if (!fits(run, key) && !(evenIfRefused && canBeKey(key.reveal()))) throw oddForm(run);
  const told = await askAbout(run, key, evenIfRefused);
  const { record, parts, target } = run;
  // Should it be the last that this process does, nobody else needs what it has put down.
  await run.save({ tidy: false });
  await parts.credentials.stage(record.id, { key, companions, replaces: await run.oldKey() });
  const stale = OF_ONE_KEY.filter((name) => target?.settings[name] !== undefined).map((name) => [name, '']);
  await run.reach('staged', {
    newFingerprint: key.fingerprint,
    newCompanions: Object.keys(companions),
    newSettings: { ...Object.fromEntries(stale), ...settings, ...told },
    outcome: null,
    problem: null,
  });
  run.answer = null;
}

function fits({ provider, targetSubject }: Run, key: Secret): boolean {
  return provider.keyPattern.test(key.reveal()) && provider.kindOf(key) === targetSubject.kind;
}

/** @returns what the service tells of the key. */
async function askAbout(
  { parts, provider, targetSubject }: Run,
  key: Secret,
  evenIfRefused: boolean,
): Promise<Readonly<Record<string, string>>> {
  const reading = await askService(parts.send, provider, targetSubject, key, parts.delays.verifyTimeout);
  if (reading.state === 'accepted') return reading.settings;
  if (reading.state === 'unknown' || evenIfRefused) return {};
  throw new CredentialError(
    'credential-key-refused',
    `${provider.name} does not accept this key (${reading.reason}). Nothing was changed.`,
    'Copy the whole key once more; a fresh key may need some seconds. Or take it all the same by saying so.',
  );
}

function refuseUnknown({ provider }: Run, companions: PastedKey['companions'], settings: PastedKey['settings']): void {
  const unknown = [
    ...Object.keys(companions).filter((name) => !provider.companions.some((one) => one.name === name)),
    ...Object.keys(settings).filter((name) => !OF_ONE_KEY.includes(name) || !takes(provider, name)),
  ];
  if (unknown.length === 0) return;
  throw new CredentialError(
    'credential-setting-unknown',
    `A key of ${provider.name} comes with nothing that is called “${unknown[0]?.slice(0, 60)}”. Nothing was changed.`,
    'Leave it out.',
  );
}

function takes({ settings }: Provider, name: string): boolean {
  return settings.some((one) => one.name === name);
}

/** Another rotation may have put right what this one could not. */
function refuseSuperseded({ record, target }: Run): void {
  if (target === null || record.oldFingerprint === null || target.fingerprint === record.oldFingerprint) return;
  throw new RotationError(
    'rotation-superseded',
    `“${record.target.name}” has got another key since. Nothing was changed.`,
    'If that one is not wanted either, rotate by hand.',
  );
}

async function refuseKnown({ parts }: Run, key: Secret): Promise<void> {
  const known = (await parts.credentials.list()).find(({ fingerprint }) => fingerprint === key.fingerprint);
  if (!known) return;
  throw new CredentialError(
    'credential-key-known',
    `That is the key which Rekey holds already as “${known.name}”, not a new one. Nothing was changed.`,
    'Make a new key on the service’s page, and paste that one.',
  );
}

function oddForm({ provider }: Run): CredentialError {
  return new CredentialError(
    'credential-key-form',
    `That does not look like a ${provider.name} key of the same kind (${provider.keyHint}). Nothing was changed.`,
    'Copy the whole key once more, without spaces around it; or take it all the same by saying so.',
  );
}
