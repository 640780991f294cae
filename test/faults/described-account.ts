import { startBitscale } from '../fakes/bitscale.ts';
import { type Account, NAME } from './accounts.ts';
import { hostFiles } from './host-files.ts';

const description = {
  version: 1,
  id: 'described',
  name: 'A described service',
  page: 'https://described.example/keys',
  baseUrls: ['https://api.described.example/v1'],
  envNames: ['DESCRIBED_API_KEY'],
  key: { pattern: 'sk-live-[0-9a-f]{40}', prefixes: ['sk-live-'], hint: 'starts with sk-live-' },
  strategy: 'in-place',
  request: { method: 'POST', path: '/api-key/rotate', headers: { 'X-API-KEY': '{key}' }, body: {} },
  answer: { key: ['api_key'], message: ['message'] },
  verify: { method: 'GET', path: '/workspace', headers: { 'X-API-KEY': '{key}' }, account: 'name', has: 'id' },
  consequences: [{ kind: 'old-key-dies-at-once' }, { kind: 'irreversible' }],
} as const;

/** A service that Rekey knows by a description only. */
export async function openDescribed(): Promise<Account> {
  const service = await startBitscale();
  const { url: baseUrl, key } = service;
  return {
    service,
    switches: [],
    wayOutOfLoss: description.page,
    description: JSON.stringify(description),
    credentials: [{ name: NAME, provider: description.id, key, baseUrl }],
    name: NAME,
    request: { credential: NAME },
    graceMinutes: null,
    files: hostFiles(description.envNames, ['-y', 'described-mcp']),
    secrets: () => [service.key],
    keys: () => null,
    makeKey: async () => service.key,
  };
}
