import { activityCsv } from '../../activity/activity-csv.ts';
import { CredentialError, type CredentialStore } from '../../credentials/credential-store.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';

/** How many entries are given when nobody says. */
const DEFAULT_LIMIT = 200;

export function activityHandlers(parts: CallParts): Pick<Handlers, 'listActivity' | 'exportActivity'> {
  const { activity, credentials } = parts;
  return {
    async listActivity({ limit, credential, ...wanted }) {
      const name = await nameOf(credentials, credential);
      return activity.list({ ...wanted, limit: limit ?? DEFAULT_LIMIT, credential: name });
    },

    async exportActivity({ credential }) {
      const entries = await activity.list({ credential: await nameOf(credentials, credential) });
      return { csv: activityCsv(entries.reverse()) };
    },
  };
}

/** The name that entries have; of a credential that was removed it is what was given. */
async function nameOf(credentials: CredentialStore, ref: string | undefined): Promise<string | undefined> {
  if (ref === undefined) return undefined;
  try {
    return (await credentials.find(ref)).name;
  } catch (error) {
    if (error instanceof CredentialError) return ref;
    throw error;
  }
}
