import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

type ConnectionCalls = Pick<Handlers, 'listConnections' | 'planConnection' | 'changeConnection'>;

export function connectionHandlers({ connections, activity, emit }: CallParts): ConnectionCalls {
  return {
    listConnections: () => connections.list(),
    planConnection: ({ host, connect }) => connections.plan(host, connect),
    async changeConnection({ host, connect, hash }, caller) {
      const change = await connections.apply(host, connect, hash);
      await activity.add({
        kind: connect ? 'host-connected' : 'host-disconnected',
        credential: null,
        rotationId: null,
        ...askedBy(caller),
        detail: change.file,
      });
      emit({ name: 'changed', payload: { topic: 'hosts' } });
      return change;
    },
  };
}
