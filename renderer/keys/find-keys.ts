import type { HostView } from '../../main/hosts/host.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';

/** Those keys of which each of the words stands in the name, the service, what is shown of the key, or a program that uses it. */
export function findKeys(
  credentials: readonly CredentialView[],
  hosts: readonly HostView[],
  asked: string,
): readonly CredentialView[] {
  const words = asked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return credentials;
  const users = usersOf(hosts);
  return credentials.filter(({ name, providerName, masked }) => {
    const text = [name, providerName, masked, ...(users.get(name) ?? [])].join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Names of the programs by the name of the key that stands in their files. */
function usersOf(hosts: readonly HostView[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const host of hosts) {
    for (const { credential } of host.sites) users.set(credential, (users.get(credential) ?? new Set()).add(host.name));
  }
  return users;
}
