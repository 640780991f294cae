import pMap from 'p-map';
import { Batches, type Look } from '../../approvals/batches.ts';
import type { Credential } from '../../credentials/credential.schema.ts';
import { errorView } from '../../errors.ts';
import { AT_ONCE } from '../../rotation/survey.ts';
import { requesterOf } from '../caller.ts';
import type { Handlers } from '../dispatch.ts';
import { credentialsIn } from '../keys-in-file.ts';
import type { CallParts } from '../parts.ts';
import { approverFor, startApproved } from '../start-approved.ts';
import { askedBy } from '../who.ts';

type BatchCalls = Pick<Handlers, 'requestRotations' | 'getBatch' | 'approveBatch'>;

/** Several rotations that are asked for, and confirmed, as one. */
export function batchHandlers(parts: CallParts): BatchCalls {
  const { rotations, activity } = parts;
  const batches = new Batches(parts.approvals);

  const look = async (credential: Credential): Promise<Look> => {
    try {
      return { credential: credential.name, plan: await rotations.plan(credential, { agentId: null }) };
    } catch (error) {
      return { credential: credential.name, problem: errorView(error) };
    }
  };

  return {
    async requestRotations({ credentials = [], file }, caller) {
      const wanted = file === undefined ? await named(parts, credentials) : await credentialsIn(parts, file);
      const batch = batches.ask(await pMap(wanted, look, AT_ONCE), requesterOf(caller));
      for (const { plan } of batch.approvals) {
        const credential = plan.target.name;
        await activity.add({
          kind: 'rotation-asked',
          credential,
          rotationId: null,
          ...askedBy(caller),
          detail: file ?? null,
        });
      }
      return batch;
    },

    getBatch: async ({ batch }) => batches.get(batch),

    async approveBatch({ batch, approvals: chosen }, caller) {
      const approver = await approverFor(parts, caller);
      return batches.approve(batch, chosen, approver, (approval) => startApproved(parts, approval, caller));
    },
  };
}

/** Each once. @throws {CredentialError} `credential-unknown`: a wrong name is to be corrected before anything is asked. */
async function named({ credentials }: CallParts, refs: readonly string[]): Promise<Credential[]> {
  const found = new Map<string, Credential>();
  for (const ref of refs) {
    const credential = await credentials.find(ref);
    found.set(credential.id, credential);
  }
  return [...found.values()];
}
