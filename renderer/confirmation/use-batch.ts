import { useCallback, useEffect, useState } from 'react';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Batch } from '../../main/approvals/batch.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { CallFailure } from '../carrier/call-failure.ts';
import type { Carrier, Connection } from '../carrier/carrier.ts';

export interface BatchState {
  readonly batch: Batch | null;
  /** By id. */
  readonly rotations: ReadonlyMap<string, Rotation>;
  readonly failure: CallFailure | null;
  readonly connection: Connection;
  /** Takes what a call has answered. */
  take(approvals: readonly Approval[]): void;
}

/** Requests that are decided together, and the rotations that come of them, as the core tells them. */
export function useBatch(api: Carrier, id: string): BatchState {
  const [batch, setBatch] = useState<Batch | null>(null);
  const [rotations, setRotations] = useState<ReadonlyMap<string, Rotation>>(new Map());
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [connection, setConnection] = useState<Connection>('open');
  const ids = batch?.approvals.flatMap(({ rotationId }) => rotationId ?? []).join(' ') ?? '';

  const take = useCallback(
    (approvals: readonly Approval[]) => setBatch((known) => known && { ...known, approvals: [...approvals] }),
    [],
  );
  const put = useCallback((rotation: Rotation) => setRotations((known) => withNewer(known, rotation)), []);

  useEffect(
    () =>
      api.onConnection((next) => {
        setConnection(next);
        if (next !== 'open') return;
        api.call('getBatch', { batch: id }).then(setBatch, (error: unknown) => setFailure(CallFailure.from(error)));
      }),
    [api, id],
  );
  useEffect(() => {
    if (connection !== 'open') return;
    for (const one of ids.split(' ').filter(Boolean)) {
      api.call('getRotation', { id: one }).then(put, (error: unknown) => setFailure(CallFailure.from(error)));
    }
  }, [api, ids, connection, put]);
  useEffect(
    () =>
      api.on((event) => {
        if (event.name === 'approval' && event.payload.batch === id) {
          setBatch((known) => known && withApproval(known, event.payload));
        }
        if (event.name === 'rotation') put(event.payload);
      }),
    [api, id, put],
  );
  return { batch, rotations, failure, connection, take };
}

function withApproval(batch: Batch, approval: Approval): Batch {
  const known = batch.approvals.some(({ id }) => id === approval.id);
  const approvals = known
    ? batch.approvals.map((one) => (one.id === approval.id ? approval : one))
    : [...batch.approvals, approval];
  return { ...batch, approvals };
}

/** What an event has brought meanwhile is newer than what was asked for. */
function withNewer(known: ReadonlyMap<string, Rotation>, rotation: Rotation): ReadonlyMap<string, Rotation> {
  const held = known.get(rotation.id);
  return held && held.updatedAt > rotation.updatedAt ? known : new Map(known).set(rotation.id, rotation);
}
