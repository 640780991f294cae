import { a2amarket } from '../../main/providers/a2amarket.ts';
import { launchdarkly } from '../../main/providers/launchdarkly.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { startA2amarket } from '../fakes/a2amarket.ts';
import { startLaunchDarkly } from '../fakes/launchdarkly.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { type Account, NAME } from './accounts.ts';
import { hostFiles, type KeyFile } from './host-files.ts';

const AGENT = 7;
const HMAC_OF_BEFORE = 'the-hmac-secret-of-before-0123456789';
/** Milliseconds of the stand-in for a minute of grace. */
const GRACE_SCALE = 5;

/** A second secret comes along with the key, and stands beside it. */
export async function openTwoSecrets(): Promise<Account> {
  const service = await startA2amarket();
  const { url: baseUrl, key, agentId } = service;
  return {
    service,
    switches: ['delivers-hmac-secret'],
    wayOutOfLoss: a2amarket.keysPage,
    description: null,
    credentials: [{ name: NAME, provider: a2amarket.id, key, baseUrl, settings: { agent_id: agentId } }],
    name: NAME,
    request: { credential: NAME },
    graceMinutes: null,
    files: hostFiles(['A2AMARKET_API_KEY', 'A2AMARKET_HMAC_SECRET'], ['-y', 'a2amarket-mcp-server']),
    secrets: () => [service.key, service.hmacSecret ?? HMAC_OF_BEFORE],
    keys: () => null,
    makeKey: async () => service.key,
  };
}

/** An agent's key, which its operator's asks for. @param isKnown whether it stands in files of this machine. */
export async function openAgent({ isKnown }: { readonly isKnown: boolean }): Promise<Account> {
  const service = await startLightningFaucet({ agents: [AGENT] });
  const { url: baseUrl, operatorKey } = service;
  return {
    service,
    switches: [],
    // The operator, who has asked, can do so again.
    wayOutOfLoss: isKnown ? lightningFaucet.keysPage : 'rotate again',
    description: null,
    credentials: [{ name: NAME, provider: lightningFaucet.id, key: operatorKey, baseUrl }],
    name: `${NAME} agent ${AGENT}`,
    request: { credential: NAME, agentId: String(AGENT) },
    graceMinutes: null,
    files: isKnown
      ? [...hostFiles(['LIGHTNING_WALLET_API_KEY'], ['-y', 'lightning-wallet-mcp']), wallet(operatorKey)]
      : [],
    secrets: () => [service.agentKey(AGENT)],
    keys: () => null,
    makeKey: async () => service.agentKey(AGENT),
  };
}

function wallet(operatorKey: string): KeyFile {
  const operator = { api_key: operatorKey, id: 42, name: 'Acme', recovery_code: 'kept', saved_at: '2026-01-01' };
  return {
    at: '.lightning-wallet/credentials.json',
    text: ([key]) =>
      JSON.stringify({ version: 1, active: 'agent', operator, agent: { api_key: key, id: AGENT, name: 'bot' } }),
  };
}

/** The service lets the old key work on for an hour. */
export async function openGrace(): Promise<Account> {
  const service = await startLaunchDarkly({ graceScale: GRACE_SCALE });
  const { url: baseUrl, key } = service;
  return {
    service,
    switches: [],
    wayOutOfLoss: launchdarkly.keysPage,
    description: null,
    credentials: [{ name: NAME, provider: launchdarkly.id, key, baseUrl }],
    name: NAME,
    request: { credential: NAME },
    graceMinutes: 60,
    files: hostFiles(['LAUNCHDARKLY_API_KEY'], ['-y', '@launchdarkly/mcp-server']),
    secrets: () => [service.key],
    keys: () => null,
    makeKey: async () => service.key,
  };
}
