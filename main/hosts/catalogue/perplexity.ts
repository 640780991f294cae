import type { Host } from '../host.ts';

export const perplexity: Host = {
  id: 'perplexity',
  name: 'Perplexity',
  files: [],
  traces: [{ darwin: '~/Library/Containers/ai.perplexity.mac' }, { darwin: '/Applications/Perplexity.app' }],
  programs: { darwin: ['Perplexity.app/Contents/MacOS/*'] },
  reload: 'restart-server',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: [],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'no',
  byHand: {
    why: 'Perplexity keeps its connectors where other programs can not write.',
    todo: 'Open Settings > Connectors in Perplexity, choose the connector, and put the new key into its field.',
  },
  evidence:
    'Not run, and its source is closed. macOS only. Local servers are added under Connectors and started by its helper ' +
    'PerplexityXPC: perplexity.ai help 11502712, described in gHashTag/trios#332. Where it keeps them inside its sandbox ' +
    'is not known, and no file is named anywhere. The name of its container is from third parties.',
};
