import type { ActivityKind } from '../../activity/activity.schema.ts';
import { ServiceError, unknownService } from '../../providers/described/errors.ts';
import { examples } from '../../providers/described/examples.ts';
import { descriptionOfForm } from '../../providers/described/form-description.ts';
import type { ServiceDraft, ServiceView } from '../../providers/described/service.schema.ts';
import type { StoredService } from '../../providers/described/service-folder.ts';
import type { Caller } from '../caller.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

type ServiceCalls = Pick<Handlers, 'listServices' | 'checkService' | 'saveService' | 'removeService'>;

export function serviceHandlers(parts: CallParts): ServiceCalls {
  const { services, providers } = parts;

  const textOf = (draft: ServiceDraft): string =>
    'text' in draft ? draft.text : descriptionOfForm(draft.form, (id) => services.has(id) || providers.isBuiltIn(id));

  const changed = async (kind: ActivityKind, id: string, caller: Caller): Promise<void> => {
    await parts.activity.add({ kind, credential: null, rotationId: null, ...askedBy(caller), detail: id });
    for (const topic of ['services', 'hosts'] as const) parts.emit({ name: 'changed', payload: { topic } });
  };

  return {
    async listServices() {
      return {
        services: await Promise.all(services.services.map((service) => viewOf(parts, service))),
        broken: services.broken.map((one) => ({ ...one, problems: [...one.problems] })),
        examples: [...examples],
      };
    },

    checkService: async ({ draft }) => services.check(textOf(draft)),

    async saveService({ draft, replace = false }, caller) {
      const text = textOf(draft);
      const { id, replaces } = services.check(text);
      if (id !== null && replaces) await refuseWhileRotating(parts, id);
      const stored = await services.save(text, replace);
      await changed('service-saved', stored.id, caller);
      return viewOf(parts, stored);
    },

    async removeService({ id }, caller) {
      if (!services.has(id)) throw unknownService();
      await refuseInUse(parts, id);
      const name = services.services.find((one) => one.id === id)?.description.name ?? id;
      await services.remove(id);
      await changed('service-removed', id, caller);
      return { removed: name };
    },
  };
}

async function viewOf(parts: CallParts, { id, file, text, description }: StoredService): Promise<ServiceView> {
  const { name, strategy, page, verify } = description;
  return { id, name, strategy, verifies: verify !== undefined, page, file, text, usedBy: await usersOf(parts, id) };
}

/** Names of the credentials of a service. */
async function usersOf({ credentials }: Pick<CallParts, 'credentials'>, id: string): Promise<string[]> {
  return (await credentials.list()).filter(({ provider }) => provider === id).map(({ name }) => name);
}

/** @throws {ServiceError} `service-in-use`. */
async function refuseInUse(parts: CallParts, id: string): Promise<void> {
  const users = await usersOf(parts, id);
  if (users.length === 0) return;
  const names = users.map((name) => `“${name}”`).join(', ');
  throw new ServiceError(
    'service-in-use',
    `Keys of this service are in Rekey: ${names}. Nothing was removed.`,
    'Remove these keys from Rekey first, or leave the service.',
  );
}

/** A rotation begins and ends with one and the same description. @throws {ServiceError} `service-rotating`. */
async function refuseWhileRotating({ rotations }: CallParts, id: string): Promise<void> {
  const unfinished = (await rotations.unfinished()).find(({ provider }) => provider.id === id);
  if (!unfinished) return;
  throw new ServiceError(
    'service-rotating',
    `A rotation of “${unfinished.target.name}” at this service has not ended yet. Nothing was stored.`,
    'Let it end first.',
  );
}
