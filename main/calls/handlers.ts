import type { Handlers } from './dispatch.ts';
import { activityHandlers } from './handlers/activity.ts';
import { backupHandlers } from './handlers/backups.ts';
import { batchHandlers } from './handlers/batches.ts';
import { cleanUpHandlers } from './handlers/clean-up.ts';
import { credentialHandlers } from './handlers/credentials.ts';
import { hostHandlers } from './handlers/hosts.ts';
import { practiceHandlers } from './handlers/practice.ts';
import { reminderHandlers } from './handlers/reminders.ts';
import { rotationHandlers } from './handlers/rotations.ts';
import { scanHandlers } from './handlers/scan.ts';
import { serviceHandlers } from './handlers/services.ts';
import { statusHandlers } from './handlers/status.ts';
import type { CallParts } from './parts.ts';

/** Every call of the contract with what it does. */
export function makeHandlers(parts: CallParts): Handlers {
  return {
    ...statusHandlers(parts),
    ...credentialHandlers(parts),
    ...reminderHandlers(parts),
    ...serviceHandlers(parts),
    ...hostHandlers(parts),
    ...backupHandlers(parts),
    ...scanHandlers(parts),
    ...cleanUpHandlers(parts),
    ...rotationHandlers(parts),
    ...batchHandlers(parts),
    ...activityHandlers(parts),
    ...practiceHandlers(parts),
  };
}
