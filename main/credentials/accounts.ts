/** Names of our items in the keychain. */
export const accounts = {
  current: (id: string): string => `credential:${id}:current`,
  previous: (id: string): string => `credential:${id}:previous`,
  companion: (id: string, name: string): string => `credential:${id}:${name}`,
  pending: (rotationId: string): string => `pending:${rotationId}`,
  seal: (rotationId: string): string => `seal:${rotationId}`,
  /** All that belong to one credential. */
  all: (id: string, companions: readonly string[]): string[] => [
    accounts.current(id),
    accounts.previous(id),
    ...companions.map((name) => accounts.companion(id, name)),
  ],
};
