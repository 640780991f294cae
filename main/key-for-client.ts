import type { ActivityLog } from './activity/activity-log.ts';
import { byOf } from './activity/by.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { CredentialStore } from './credentials/credential-store.ts';
import type { Secret } from './credentials/secret.ts';
import type { Rotations } from './rotation/rotations.ts';

interface Parts {
  readonly approvals: Approvals;
  readonly rotations: Rotations;
  readonly credentials: CredentialStore;
  readonly activity: ActivityLog;
}

/** The one way by which a new key can reach an MCP client: the person ticked it in that very confirmation. */
export class KeyForClient {
  readonly #parts: Parts;
  readonly #taken = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The new key, once, or null: not ticked, not rotated, or taken already. */
  async take(approvalId: string): Promise<Secret | null> {
    const { approvals, rotations, credentials, activity } = this.#parts;
    const { giveKeyToClient, rotationId, state, requester } = approvals.get(approvalId);
    if (!giveKeyToClient || state !== 'approved' || rotationId === null || this.#taken.has(approvalId)) return null;
    const rotation = await rotations.get(rotationId);
    if (rotation.outcome !== 'done' && rotation.outcome !== 'done-in-part') return null;
    this.#taken.add(approvalId);
    const key = await credentials.secretOf(rotation.target.id);
    const client = requester.client?.name ?? 'an unnamed client';
    await activity.add({
      kind: 'key-given-to-client',
      credential: rotation.target.name,
      rotationId,
      who: 'confirmation',
      by: byOf(rotation.requester, rotation.approver),
      detail: client,
    });
    return key;
  }
}
