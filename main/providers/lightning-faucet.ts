import type { Secret } from '../credentials/secret.ts';
import { isSuccess, jsonBody, textAt, valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { credentialsFile } from './credentials-file.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { atOnce } from './key-kinds.ts';
import { COOLDOWN_MINUTES, cooldownAfter, type KeyKind, WITHDRAWALS } from './lightning-cooldown.ts';
import { readWhoami } from './lightning-whoami.ts';
import type { CredentialsFile, Provider, RotationReading, Slot, Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { inDoubt, type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { serviceWords } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'Lightning Faucet';
const keyPattern = /^(?:lf|agent)_[\w-]{6,}$/;

const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['api_key'], ['new_api_key']],
  messagePaths: [['error'], ['message'], ['error', 'message']],
};

const slots: readonly Slot[] = [
  { path: ['operator', 'api_key'], kind: 'operator', ownerPath: ['operator', 'id'] },
  { path: ['agent', 'api_key'], kind: 'agent', ownerPath: ['agent', 'id'] },
];

/**
 * Two kinds of keys: an operator's rotates itself, or one of its agents by `agentId`; an agent's rotates nothing.
 * @see PROVIDERS.md, Lightning Faucet: the requests were recorded from their own server.
 */
export const lightningFaucet: Provider = {
  ...atOnce,
  id: 'lightning-faucet',
  name,
  strategy: 'in-place',
  keysPage: 'https://lightningfaucet.com',
  baseUrls: ['https://lightningfaucet.com/ai-agents/api'],
  envNames: ['LIGHTNING_WALLET_API_KEY', 'LIGHTNING_FAUCET_API_KEY'],
  companions: [],
  keyPrefixes: ['lf_', 'agent_'],
  keyPattern,
  keyHint: 'starts with lf_ (operator) or agent_ (agent)',
  settings: [],
  verifyPatienceSeconds: 0,

  managerOf: () => null,
  kindOf: (key) => kindByPrefix(key.reveal()) ?? 'operator',
  rotatesAnother: (subject) => subject.kind !== 'agent' && subject.agentId !== null,
  otherSubject: (subject) =>
    subject.agentId === null
      ? subject
      : { baseUrl: subject.baseUrl, kind: 'agent', settings: { agent_id: subject.agentId }, agentId: null },

  credentialsFiles(machine): CredentialsFile[] {
    const home = machine.env.LIGHTNING_WALLET_HOME;
    const override = home ? `${home}/credentials.json` : undefined;
    return credentialsFile(machine, { override, usual: ['.lightning-wallet', 'credentials.json'], slots });
  },

  consequences(subject) {
    const minutes = COOLDOWN_MINUTES[replacedKind(subject)];
    return [
      { kind: 'old-key-dies-at-once' },
      { kind: 'blocked', what: WITHDRAWALS, minutes },
      { kind: 'other-machines-stop' },
      { kind: 'irreversible' },
    ];
  },

  rotationRequest(subject, key) {
    replacedKind(subject);
    return subject.agentId === null
      ? call(subject, { action: 'regenerate_operator_key', api_key: key.reveal() })
      : call(subject, {
          action: 'regenerate_agent_key',
          api_key: key.reveal(),
          agent_id: agentNumber(subject.agentId),
        });
  },

  readRotation(subject, answer, attempt, known) {
    const reading = readRotationAnswer(answer, form, known);
    if (reading.outcome === 'in-doubt') return readFailure(answer, known) ?? reading;
    if (reading.outcome === 'declined') return reading;
    const kind = subject.agentId === null ? 'operator' : 'agent';
    const came = kindByPrefix(reading.key.reveal());
    // An agent's key in the operator's place would lock the operator out of its own account, or the other way round.
    if (came !== null && came !== kind) return inDoubt(`the answer gives the key of an ${came}, not of an ${kind}`);
    return { ...reading, cooldown: cooldownAfter(kind, valueAt(jsonBody(answer), ['cooldown_until']), attempt.now) };
  },

  verificationRequest: (subject, key) => call(subject, { action: 'whoami', api_key: key.reveal() }),

  readVerification: (subject, answer) =>
    readVerificationAnswer(answer, (document, success) =>
      readWhoami(subject, document, success, { keyPattern, known: [] }),
    ),
};

function call({ baseUrl }: Subject, body: Readonly<Record<string, string | number>>): HttpRequest {
  return {
    method: 'POST',
    url: endpoint(baseUrl, ''),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Their documented no: HTTP 200 with `{"success":false,"error":"..."}`. With `pending` they mean that it goes on. */
function readFailure(answer: HttpAnswer, known: readonly Secret[]): RotationReading | null {
  const document = jsonBody(answer);
  const words = serviceWords(valueAt(document, ['error']), { keyPattern, known });
  const key = textAt(document, form.keyPaths);
  const says = isSuccess(answer) && valueAt(document, ['success']) === false && words !== null;
  const more = valueAt(document, ['pending']) === true || (key !== null && !known.some((one) => one.reveal() === key));
  return says && !more ? { outcome: 'declined', code: 'declined', message: `It said “${words}”.` } : null;
}

/** Whose key this rotation replaces. @throws {ProviderError} when it can't be done so. */
function replacedKind({ kind, agentId }: Subject): KeyKind {
  if (kind === 'agent') {
    throw new ProviderError(
      'agent-key-needs-operator',
      'Lightning Faucet rotates an agent’s key only for its operator: the agent’s key can’t do it itself. Nothing was sent.',
      'Add the operator’s key to Rekey, and rotate it with the id of this agent.',
    );
  }
  if (agentId === null) return 'operator';
  agentNumber(agentId);
  return 'agent';
}

function agentNumber(agentId: string): number {
  const number = Number(agentId);
  if (/^[1-9]\d*$/.test(agentId) && Number.isSafeInteger(number)) return number;
  throw new ProviderError(
    'agent-id-invalid',
    'The agent id is not one of Lightning Faucet’s, which are whole numbers from 1 upwards. Nothing was sent.',
    'Look the id up in the list of your agents, and rotate again.',
  );
}

function kindByPrefix(key: string): KeyKind | null {
  if (key.startsWith('agent_')) return 'agent';
  return key.startsWith('lf_') ? 'operator' : null;
}
