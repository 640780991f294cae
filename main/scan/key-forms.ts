import { keysInside } from '../providers/key-pattern.ts';
import type { Provider } from '../providers/provider.ts';
import { SERVICES } from './services.ts';

/** The form of the keys of one service. */
export interface KeyForm {
  readonly service: string;
  /** How its keys begin: whatever begins otherwise isn't looked at. */
  readonly starts: readonly string[];
  /** Sticky; tried where one of {@link starts} stands. */
  readonly pattern: RegExp;
  /** The same, to search with. */
  readonly anywhere: RegExp;
  /** Variables that hold this service's key: under one of these, the form alone is proof enough. */
  readonly envNames: readonly string[];
  /** What stands right before or after doesn't matter, as it does with keys that are one word. */
  readonly isBlock: boolean;
}

/** Several forms; of those that fit to one key, the first counts. */
export interface KeyForms {
  readonly all: readonly KeyForm[];
  /** How any of their keys begins. */
  readonly beginnings: RegExp;
}

/** A shorter one begins words too (`agent_name`): then what follows must look like a key. */
const TELLING_PREFIX = 7;

/** Whether a key of this form is known by its beginning. */
export function isTelling(form: KeyForm, key: string): boolean {
  return form.isBlock || form.envNames.length === 0 || beginningOf(form, key).length >= TELLING_PREFIX;
}

/** The public beginning of a key of this form. */
export function beginningOf({ starts }: KeyForm, key: string): string {
  return starts.filter((start) => key.startsWith(start)).sort((a, b) => b.length - a.length)[0] ?? '';
}

/** The forms of all keys that Rekey can tell: those of its providers first, then those of other services. */
export function keyForms(providers: readonly Provider[]): KeyForms {
  const all = [...providers.map(formOf), ...SERVICES.map(serviceForm)];
  const starts = all.flatMap((form) => form.starts.map((start) => start.replace('.', '\\.')));
  return { all, beginnings: new RegExp(starts.join('|'), 'g') };
}

function formOf({ name, keyPrefixes, keyPattern, envNames }: Provider): KeyForm {
  const anywhere = keysInside(keyPattern);
  const pattern = new RegExp(anywhere.source, anywhere.flags.replace('g', 'y'));
  return { service: name, starts: keyPrefixes, pattern, anywhere, envNames, isBlock: false };
}

function serviceForm({ name, starts, form, isBlock = false }: (typeof SERVICES)[number]): KeyForm {
  const [pattern, anywhere] = [new RegExp(form.source, 'y'), new RegExp(form.source, 'g')];
  return { service: name, starts, pattern, anywhere, envNames: [], isBlock };
}
