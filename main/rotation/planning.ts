import type { Credential } from '../credentials/credential.schema.ts';
import { mask } from '../credentials/mask.ts';
import type { Secret } from '../credentials/secret.ts';
import type { Consequence } from '../providers/provider.schema.ts';
import type { Provider, Subject } from '../providers/provider.ts';
import type { RotationParts } from './parts.ts';
import type { Finding, Plan, Way } from './plan.schema.ts';
import { makePlan } from './plan.ts';
import { providerFiles, readSlots } from './provider-files.ts';
import type { Rotation } from './rotation.schema.ts';
import { subjectOf } from './run.ts';
import { type OnHolding, survey, type Wanted } from './survey.ts';
import { undoable } from './undo.ts';

/** What is asked for, beside whose key it is about. */
export interface Ask {
  /** The agent whose key is to be rotated, where the provider has such. */
  readonly agentId: string | null;
  /** The person makes the new key on the service's page. */
  readonly byHand?: boolean;
  /** The rotation to undo. */
  readonly undo?: string | null;
}

type PlanningParts = Pick<RotationParts, 'machine' | 'credentials' | 'providers' | 'places' | 'journal'>;

/** Whose key will be replaced, and by which key it is known now. */
interface Target {
  readonly credential: Credential | null;
  readonly name: string;
  readonly oldKey: Secret | null;
}

/**
 * Looks everywhere and says what a rotation of this credential would do. Changes nothing.
 *
 * @param onHolding for files in which the key stands, while they are looked into.
 * @throws {ProviderError} when the provider needs something first (`agent-id-required`), {KeychainError} when locked,
 * {RotationError} `undo-impossible`.
 */
export async function planFor(
  parts: PlanningParts,
  credential: Credential,
  ask: Ask,
  onHolding?: OnHolding,
): Promise<{ plan: Plan; oldKey: Secret | null }> {
  const provider = parts.providers.get(credential.provider);
  const way = wayOf(provider, ask);
  const undone = way === 'undo' && ask.undo ? await undoable(parts, credential, ask.undo) : null;
  const asking = await askingFor(parts, provider, credential, way);
  const consequences = consequencesOf(provider, way, undone, subjectOf(credential, ask.agentId));
  const target = await targetOf(parts, provider, credential, ask.agentId);
  const wanted = wantedFor(provider, target.oldKey);
  const surveyed = await survey(parts.places, providerFiles(parts.machine, provider), wanted, {
    credential: target.name,
    home: parts.machine.home,
    onHolding,
  });
  const strangers = await otherKeysInSlots(parts, provider, target.oldKey);
  const plan = makePlan({
    credential: { id: asking.id, name: asking.name },
    target: { id: target.credential?.id ?? null, name: target.name },
    provider: { id: provider.id, name: provider.name },
    strategy: provider.strategy,
    way,
    undoes: undone?.id ?? null,
    grace: way === 'request' ? provider.grace : null,
    baseUrl: credential.baseUrl,
    agentId: ask.agentId,
    oldFingerprint: target.oldKey?.fingerprint ?? null,
    consequences,
    surveyed: { sites: surveyed.sites, findings: [...surveyed.findings, ...strangers] },
    hosts: await parts.places.hosts(),
  });
  return { plan, oldKey: target.oldKey };
}

function wayOf(provider: Provider, { byHand, undo }: Ask): Way {
  if (undo) return 'undo';
  return byHand || provider.strategy === 'manual' ? 'by-hand' : 'request';
}

/** Whose key asks the service: the credential's own, or that of the one which manages it. */
async function askingFor(
  { credentials }: PlanningParts,
  provider: Provider,
  credential: Credential,
  way: Way,
): Promise<Credential> {
  const manager = way === 'by-hand' ? null : provider.managerOf(credential.settings);
  return manager === null ? credential : credentials.find(manager);
}

function consequencesOf(
  provider: Provider,
  way: Way,
  undone: Rotation | null,
  subject: Subject,
): readonly Consequence[] {
  if (way === 'by-hand') return [{ kind: 'made-by-hand' }];
  if (way === 'undo') return undone?.revocation?.by === 'rekey' ? [{ kind: 'newer-key-revoked' }] : [];
  return provider.consequences(subject);
}

/** What to search for to find every place of one key. */
export function wantedFor(provider: Provider, oldKey: Secret | null): Wanted {
  return {
    needles: oldKey ? [{ role: 'key', value: oldKey }] : [],
    envNames: provider.envNames,
    companions: provider.companions.map(({ name, envName }) => ({ role: name, envName })),
    masks: {
      before: oldKey ? mask(oldKey, provider.keyPrefixes) : '••••',
      after: '•••• (new)',
    },
  };
}

async function targetOf(
  parts: PlanningParts,
  provider: Provider,
  credential: Credential,
  agentId: string | null,
): Promise<Target> {
  const subject = subjectOf(credential, agentId);
  if (!provider.rotatesAnother(subject)) {
    return { credential, name: credential.name, oldKey: await parts.credentials.secretOf(credential.id) };
  }
  const other = provider.otherSubject(subject);
  const known = (await parts.credentials.list()).find(
    (one) =>
      one.provider === credential.provider &&
      one.baseUrl === credential.baseUrl &&
      one.kind === other.kind &&
      one.settings.agent_id === agentId,
  );
  if (known) return { credential: known, name: known.name, oldKey: await parts.credentials.secretOf(known.id) };
  const slots = await readSlots(parts.machine, provider);
  const learned = slots.find(({ slot, owner }) => slot.kind === other.kind && owner === agentId);
  return { credential: null, name: `${credential.name} agent ${agentId}`, oldKey: learned?.key ?? null };
}

/** The provider's own file holds a key of this kind that is not this credential's. */
async function otherKeysInSlots(parts: PlanningParts, provider: Provider, oldKey: Secret | null): Promise<Finding[]> {
  if (!oldKey) return [];
  const kind = provider.kindOf(oldKey);
  const slots = await readSlots(parts.machine, provider);
  return slots
    .filter(({ slot, key }) => slot.kind === kind && !key.equals(oldKey))
    .map(({ path, slot }) => ({
      kind: 'other-key',
      owner: { kind: 'provider', id: provider.id, name: provider.name },
      file: path,
      server: null,
      name: slot.path.join('.'),
      line: 1,
    }));
}
