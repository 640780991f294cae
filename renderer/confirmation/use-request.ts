import { useCallback, useEffect, useState } from 'react';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { CallFailure } from '../carrier/call-failure.ts';
import type { Carrier, Connection } from '../carrier/carrier.ts';

interface Request {
  readonly approval: Approval | null;
  readonly rotation: Rotation | null;
  readonly failure: CallFailure | null;
  readonly connection: Connection;
  take(approval: Approval): void;
}

/** The request that waits for the person and the rotation that comes of it, as the core tells them. */
export function useRequest(api: Carrier, id: string): Request {
  const [approval, setApproval] = useState<Approval | null>(null);
  const [rotation, setRotation] = useState<Rotation | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [connection, setConnection] = useState<Connection>('open');
  const rotationId = approval?.rotationId ?? null;

  const ask = useCallback(() => {
    api.call('getApproval', { id }).then(setApproval, (error: unknown) => setFailure(CallFailure.from(error)));
  }, [api, id]);
  const askRotation = useCallback(() => {
    if (rotationId === null) return;
    // What an event has brought meanwhile is newer.
    const keepNewer = (known: Rotation | null, asked: Rotation) =>
      known && known.updatedAt > asked.updatedAt ? known : asked;
    api.call('getRotation', { id: rotationId }).then(
      (asked) => setRotation((known) => keepNewer(known, asked)),
      (error: unknown) => setFailure(CallFailure.from(error)),
    );
  }, [api, rotationId]);

  useEffect(
    () =>
      api.onConnection((next) => {
        setConnection(next);
        if (next === 'open') ask();
      }),
    [api, ask],
  );
  useEffect(() => {
    if (connection === 'open') askRotation();
  }, [askRotation, connection]);
  useEffect(
    () =>
      api.on((event) => {
        if (event.name === 'approval' && event.payload.id === id) setApproval(event.payload);
        if (event.name === 'rotation' && event.payload.id === rotationId) setRotation(event.payload);
      }),
    [api, id, rotationId],
  );
  return { approval, rotation, failure, connection, take: setApproval };
}
