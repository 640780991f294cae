import type { ServiceForm, ServiceProblem } from '../../main/providers/described/service.schema.ts';

/** What the person has typed so far. */
export interface TypedService {
  readonly name: string;
  readonly page: string;
  readonly envNames: string;
  readonly pattern: string;
  readonly verifyUrl: string;
  readonly verifyHeader: string;
  readonly verifyValue: string;
  readonly verifyHas: string;
}
export type TypedField = keyof TypedService;

export const EMPTY_SERVICE: TypedService = {
  name: '',
  page: '',
  envNames: '',
  pattern: '',
  verifyUrl: '',
  verifyHeader: 'Authorization',
  verifyValue: 'Bearer {key}',
  verifyHas: '',
};

export const NEEDED = ['name', 'page', 'envNames'] as const;

/** The fields that are still needed. */
export function missingIn(typed: TypedService): (typeof NEEDED)[number][] {
  return NEEDED.filter((field) => typed[field].trim() === '');
}

/** The form as the core takes it; without an address, there is nothing to ask. */
export function formOf(typed: TypedService): ServiceForm {
  const { name, page, envNames, pattern, verifyUrl, verifyHeader, verifyValue, verifyHas } = typed;
  return {
    name,
    page,
    envNames: envNames.split(/[\s,;]+/).filter((one) => one !== ''),
    ...(pattern.trim() !== '' && { pattern }),
    ...(verifyUrl.trim() !== '' && {
      verify: {
        url: verifyUrl,
        header: verifyHeader,
        value: verifyValue,
        ...(verifyHas.trim() !== '' && { has: verifyHas }),
      },
    }),
  };
}

/** Beginnings of the description's fields, and the field of the form that each comes from; the first that fits counts. */
const FIELDS: readonly (readonly [string, TypedField])[] = [
  ['name', 'name'],
  ['id', 'name'],
  ['page', 'page'],
  ['envNames', 'envNames'],
  ['key', 'pattern'],
  ['verify.path', 'verifyUrl'],
  ['verify.has', 'verifyHas'],
  ['verify.headers', 'verifyHeader'],
  ['verify', 'verifyValue'],
];

/** What the core found wrong, by the field where the person can correct it. */
export function problemsByField(
  problems: readonly ServiceProblem[],
  typed: TypedService,
): Partial<Record<TypedField, string>> {
  // Without an address to ask at, that of the page is the service's.
  const all = [...FIELDS, ['baseUrls', typed.verifyUrl.trim() === '' ? 'page' : 'verifyUrl'] as const];
  const found = problems.flatMap(({ field, message }) => {
    const typedField = all.find(([start]) => field.startsWith(start))?.[1];
    return typedField ? [[typedField, message] as const] : [];
  });
  return Object.fromEntries(found.reverse());
}
