import type { ProviderView } from '../../../main/providers/provider.schema.ts';

export const providers: readonly ProviderView[] = [
  {
    id: 'bitscale',
    name: 'BitScale',
    strategy: 'in-place',
    keysPage: 'https://app.bitscale.ai/settings/api',
    baseUrls: ['https://api.bitscale.ai/api/v1'],
    envNames: ['BITSCALE_API_KEY'],
    keyHint: 'Starts with sk-live-',
    settings: [],
  },
  {
    id: 'lightning-faucet',
    name: 'Lightning Faucet',
    strategy: 'in-place',
    keysPage: 'https://lightningfaucet.com/ai-agents',
    baseUrls: ['https://lightningfaucet.com/ai-agents/api'],
    envNames: ['LIGHTNING_WALLET_API_KEY', 'LIGHTNING_FAUCET_API_KEY'],
    keyHint: 'Starts with lf_ (operator) or agent_ (agent)',
    settings: [],
  },
  {
    id: 'log10x',
    name: 'Log10x',
    strategy: 'in-place',
    keysPage: 'https://console.log10x.com',
    baseUrls: ['https://prometheus.log10x.com'],
    envNames: ['LOG10X_API_KEY'],
    keyHint: 'A UUID',
    settings: [],
  },
  {
    id: 'a2amarket',
    name: 'a2amarket',
    strategy: 'in-place',
    keysPage: 'https://agent.a2amarket.md',
    baseUrls: ['https://agent.a2amarket.md', 'https://api.a2amarket.md'],
    envNames: ['A2AMARKET_API_KEY'],
    keyHint: 'Starts with ak_',
    settings: [
      {
        name: 'agent_id',
        label: 'Agent ID',
        hint: 'The agent that the key belongs to, as a2amarket shows it.',
        required: true,
      },
    ],
  },
];
