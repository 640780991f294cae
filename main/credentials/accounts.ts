/** Names of our items in the keychain. */
export const accounts = {
  current: (id: string): string => `credential:${id}:current`,
  previous: (id: string): string => `credential:${id}:previous`,
  companion: (id: string, name: string): string => `credential:${id}:${name}`,
  pending: (rotationId: string): string => `pending:${rotationId}`,
  seal: (rotationId: string): string => `seal:${rotationId}`,
  /** The key to how the hosts that a rotation quits are started again. */
  restart: (rotationId: string): string => `restart:${rotationId}`,
  /** What earlier versions of files are sealed with. */
  backups: 'backups:seal',
  /** All that belong to one credential. */
  all: (id: string, companions: readonly string[]): string[] => [
    accounts.current(id),
    accounts.previous(id),
    ...companions.map((name) => accounts.companion(id, name)),
  ],
};
