import { posix, win32 } from 'node:path';
import type { Machine } from '../machine.ts';
import type { CredentialsFile, Slot } from './provider.ts';

interface Places {
  /** Where the person has moved the file to, by the service's own environment variable. */
  readonly override: string | undefined;
  /** Below the home folder. */
  readonly usual: readonly string[];
  readonly slots: readonly Slot[];
}

/**
 * The credentials file of a service's own client: where its variable says, *and* in its usual place, since programs
 * that were started elsewhere don't have the variable that Rekey sees (or the other way round).
 */
export function credentialsFile(machine: Machine, { override, usual, slots }: Places): CredentialsFile[] {
  const { isAbsolute, join } = machine.platform === 'win32' ? win32 : posix;
  // A relative one depends on the folder that the other program was started in, which nobody here knows.
  const moved = override && isAbsolute(override) ? [join(override)] : [];
  return [...new Set([...moved, join(machine.home, ...usual)])].map((path) => ({ path, slots }));
}
