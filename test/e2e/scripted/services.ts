import type { Handlers } from '../../../main/calls/dispatch.ts';
import { RekeyError } from '../../../main/errors.ts';
import { describedProvider } from '../../../main/providers/described/described-provider.ts';
import { invalid } from '../../../main/providers/described/errors.ts';
import { examples } from '../../../main/providers/described/examples.ts';
import { descriptionOfForm } from '../../../main/providers/described/form-description.ts';
import { parseDescription } from '../../../main/providers/described/parse-description.ts';
import type { ServiceDraft, ServiceList } from '../../../main/providers/described/service.schema.ts';
import type { ProviderView } from '../../../main/providers/provider.schema.ts';
import { ProviderRegistry } from '../../../main/providers/registry.ts';

/** Descriptions in memory, read as the core reads them. */
export class ScriptedServices {
  readonly texts = new Map<string, string>();
  broken: ServiceList['broken'] = [];
  /** Names of the keys that are of each service. */
  readonly usedBy = new Map<string, string[]>();

  get providers(): ProviderView[] {
    const registry = new ProviderRegistry([]);
    return [...this.texts.values()].flatMap((text) => {
      const { description } = parseDescription(text);
      return description ? [registry.view(describedProvider(description))] : [];
    });
  }

  get services(): ServiceList['services'] {
    return [...this.texts].flatMap(([id, text]) => {
      const { description } = parseDescription(text);
      if (!description) return [];
      const { name, strategy, page, verify } = description;
      const file = `/home/sam/.local/share/rekey/services/${id}.json`;
      return [{ id, name, strategy, verifies: !!verify, page, file, text, usedBy: this.usedBy.get(id) ?? [] }];
    });
  }

  has(id: string): boolean {
    return this.texts.has(id) || this.broken.some((one) => one.id === id);
  }

  textOf(draft: ServiceDraft): string {
    return 'text' in draft ? draft.text : descriptionOfForm(draft.form, (id) => this.texts.has(id));
  }
}

type ServiceCalls = Pick<Handlers, 'listServices' | 'checkService' | 'saveService' | 'removeService'>;

export function scriptedServices(kept = new ScriptedServices(), changed: () => void = () => {}): ServiceCalls {
  return {
    listServices: async () => ({ services: kept.services, broken: kept.broken, examples }),
    checkService: async ({ draft }) => {
      const { description, problems } = parseDescription(kept.textOf(draft));
      const id = description?.id ?? null;
      const replaces = id !== null && kept.has(id);
      return { id, name: description?.name ?? null, replaces, problems: [...problems] };
    },
    saveService: async ({ draft, replace }) => {
      const text = kept.textOf(draft);
      const { description, problems } = parseDescription(text);
      if (!description) throw invalid(problems);
      const { id } = description;
      if (kept.has(id) && !replace) throw new RekeyError('service-exists', 'It is there already.', 'Take another id.');
      kept.texts.set(id, text);
      kept.broken = kept.broken.filter((one) => one.id !== id);
      changed();
      const saved = kept.services.find((one) => one.id === id);
      if (!saved) throw new Error('the service was not kept');
      return saved;
    },
    removeService: async ({ id }) => {
      const users = kept.usedBy.get(id) ?? [];
      if (users.length > 0) {
        const message = `Keys of this service are in Rekey: “${users.join('”, “')}”. Nothing was removed.`;
        throw new RekeyError('service-in-use', message, 'Remove these keys from Rekey first, or leave the service.');
      }
      const name = kept.services.find((one) => one.id === id)?.name;
      if (!kept.has(id)) throw new RekeyError('service-unknown', 'There is no such service.', 'Look at the list.');
      kept.texts.delete(id);
      kept.broken = kept.broken.filter((one) => one.id !== id);
      changed();
      return { removed: name ?? id };
    },
  };
}
