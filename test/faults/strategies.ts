import { type Account, openAccount } from './accounts.ts';
import { openDescribed } from './described-account.ts';
import type { KeyFile } from './host-files.ts';
import { openAgent, openGrace, openTwoSecrets } from './special-accounts.ts';

/** One way in which keys are rotated. */
export interface Strategy {
  readonly name: string;
  open(): Promise<Account>;
  /** A rotation that comes before, without any fault: what is tried is its undoing. */
  readonly undoes?: true;
  /** Whether the service is asked for a key; where it isn't, it can't misbehave. */
  readonly asks: boolean;
  /** The time for which an old key works on, which has gone by when Rekey is started again, in minutes. */
  readonly laterMinutes: number;
}

const AN_HOUR = 60;
const inPlace = { asks: true, laterMinutes: 0 };
/** When Rekey is started again, the hour of grace is over. */
const withGrace = { asks: true, laterMinutes: AN_HOUR + 1 };

export const STRATEGIES: readonly Strategy[] = [
  { name: 'in place (BitScale)', ...inPlace, open: () => openAccount('bitscale') },
  {
    name: 'in place, own file (Log10x)',
    ...inPlace,
    open: () => openAccount('log10x', { ownFiles: [log10xFile] }),
  },
  { name: 'in place, second secret (a2amarket)', ...inPlace, open: openTwoSecrets },
  { name: 'in place, agent (Lightning Faucet)', ...inPlace, open: () => openAgent({ isKnown: true }) },
  { name: 'in place, unknown agent (Lightning Faucet)', ...inPlace, open: () => openAgent({ isKnown: false }) },
  { name: 'in place (GitLab)', ...inPlace, open: () => openAccount('gitlab') },
  { name: 'in place (Cloudflare)', ...inPlace, open: () => openAccount('cloudflare') },
  { name: 'in place, described by data', ...inPlace, open: openDescribed },
  { name: 'in place, an hour of grace (LaunchDarkly)', ...withGrace, open: openGrace },
  { name: 'overlap (Resend)', ...inPlace, open: () => openAccount('resend', { graceMinutes: 0 }) },
  { name: 'overlap (Neon)', ...inPlace, open: () => openAccount('neon', { graceMinutes: 0 }) },
  {
    name: 'overlap, by a manager (OpenRouter)',
    ...inPlace,
    open: () => openAccount('openrouter', { graceMinutes: 0 }),
  },
  {
    name: 'overlap, an hour of grace (SendGrid)',
    ...withGrace,
    open: () => openAccount('sendgrid', { graceMinutes: AN_HOUR }),
  },
  {
    name: 'by hand (BitScale)',
    asks: false,
    laterMinutes: 0,
    open: () => openAccount('bitscale', { request: { byHand: true }, makeKey: makeOnPage }),
  },
  {
    name: 'undo (Resend)',
    undoes: true,
    asks: false,
    laterMinutes: 0,
    open: () => openAccount('resend', { graceMinutes: AN_HOUR }),
  },
];

const log10xFile: KeyFile = {
  at: '.log10x/credentials',
  text: ([apiKey]) => `${JSON.stringify({ apiKey, signedInAt: 'x', auth0RefreshToken: 'kept' }, null, 2)}\n`,
};

/** As a person does it on the page of BitScale. */
async function makeOnPage({ url, key }: { readonly url: string; readonly key: string }): Promise<string> {
  const headers = { 'X-API-KEY': key, 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api-key/rotate`, { method: 'POST', headers, body: '{}' });
  const { api_key } = (await answer.json()) as { api_key: string }; // as the stand-in answers
  return api_key;
}
