import type { ErrorView } from '../errors.ts';
import { problemsText } from '../providers/described/errors.ts';
import type { CallParts } from './parts.ts';

type Parts = Pick<CallParts, 'services' | 'credentials' | 'providers'>;

/** What is wrong with the descriptions of services now: files that can't be used, and keys whose service has gone. */
export async function serviceNotices({ services, credentials, providers }: Parts): Promise<ErrorView[]> {
  const broken = services.broken.map(({ file, problems }) => ({
    code: 'service-broken',
    message: `The description of a service in ${file} can’t be used: ${problemsText(problems)}. It was left as it is.`,
    wayOut: 'Correct it under Settings; or in the file, and start Rekey again.',
  }));
  // What keeps the index from being read is told where the keys are shown.
  const all = await credentials.list().catch(() => []);
  const orphans = Map.groupBy(
    all.filter(({ provider }) => !providers.find(provider)),
    ({ provider }) => provider,
  );
  const unknown = [...orphans].map(([id, keys]) => ({
    code: 'service-unknown',
    message: `${keys.map(({ name }) => `“${name}”`).join(', ')}: the service “${id}” is not described any more, so that Rekey can’t rotate or verify its keys. They stay in the keychain.`,
    wayOut: `Put the description of “${id}” back, under Settings or with \`rekey services add\`.`,
  }));
  return [...broken, ...unknown];
}
