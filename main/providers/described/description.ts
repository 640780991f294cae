import { z } from 'zod';
import { parseBaseUrl } from '../base-url.ts';
import { ProviderError } from '../provider-error.ts';
import { patternProblem } from './pattern-check.ts';
import { placeholdersIn, settingOf } from './placeholders.ts';
import { checkRequest, type RequestDescription, requestFields, textsOf } from './request-description.ts';

/** Names that Windows keeps for devices, as files too. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

function words(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .regex(/^(?!\s)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*(?<!\s)$/u, 'must be one line of plain text, without spaces around it');
}

const FieldPathSchema = z
  .string()
  .max(200)
  .regex(/^[\w$@-]+(?:\.[\w$@-]+)*$/, 'must be names with dots between them, such as data.api_key');
const FieldPathsSchema = z.union([FieldPathSchema, z.array(FieldPathSchema).min(1).max(10)], {
  error: 'must be names with dots between them, such as data.api_key, or a list of such',
});

const BaseUrlSchema = z
  .string()
  .max(300)
  .regex(/^\S*$/, 'must be an address, without spaces around it')
  .superRefine((text, context) => {
    try {
      parseBaseUrl(text);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const insecure = error.code === 'base-url-insecure';
      context.addIssue(insecure ? 'must begin with https://' : 'must be an address such as https://api.example.com/v1');
    }
  })
  .refine((text) => !/[{}]/.test(text), { error: 'takes no placeholders: put them into the path of a request' });

const KeySchema = z.strictObject({
  pattern: z.string().superRefine((text, context) => {
    const problem = patternProblem(text);
    if (problem !== null) context.addIssue(problem);
  }),
  prefixes: z
    .array(z.string().regex(/^[\w.-]{2,20}$/, 'must be 2 to 20 letters, digits, _ - and . that every key begins with'))
    .max(10)
    .optional(),
  hint: words(200).optional(),
});

const SettingSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be small letters, digits and _')
    .refine((name) => !/secret|password|passphrase/.test(name), {
      error: 'is no place for a secret: settings are not',
    }),
  label: words(60),
  hint: words(300).optional(),
  required: z.boolean().optional(),
});

const atEachStrategy = [
  z.strictObject({ kind: z.literal('new-key-expires'), days: z.number().int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('blocked'), what: words(60), minutes: z.number().int().min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('other-machines-stop') }),
  z.strictObject({ kind: z.literal('irreversible') }),
] as const;
const InPlaceConsequenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('old-key-dies-at-once') }),
  ...atEachStrategy,
]);
const OverlapConsequenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('old-key-works-until-revoked') }),
  ...atEachStrategy,
]);

const VerifySchema = z
  .strictObject({ ...requestFields('ask'), account: FieldPathsSchema.optional(), has: FieldPathSchema.optional() })
  .superRefine(checkRequest('ask'));

const RotateSchema = z.strictObject(requestFields('rotate')).superRefine(checkRequest('rotate'));

const AnswerSchema = z.strictObject({
  key: FieldPathsSchema,
  id: FieldPathsSchema.optional(),
  message: FieldPathsSchema.optional(),
});

const OverlapSchema = z.strictObject({
  list: z
    .strictObject({
      ...requestFields('ask'),
      /** Where the list stands in the answer; the answer is the list itself where this is left out. */
      keys: FieldPathSchema.optional(),
      id: FieldPathSchema,
      name: FieldPathSchema,
    })
    .superRefine(checkRequest('ask')),
  revoke: z.strictObject(requestFields('revoke')).superRefine(checkRequest('revoke')),
});

const common = {
  version: z.literal(1),
  /** Also the name of its file. */
  id: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be small letters, digits and dashes')
    .refine((id) => !DEVICES.test(id), { error: 'is a name that Windows keeps for a device' }),
  name: words(60),
  /** Where a person makes and revokes keys by hand. */
  page: z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' }).max(300),
  baseUrls: z.array(BaseUrlSchema).min(1).max(10),
  envNames: z
    .array(z.string().regex(/^[A-Za-z_]\w{0,99}$/, 'must be the name of a variable'))
    .min(1)
    .max(10),
  key: KeySchema,
  settings: z.array(SettingSchema).max(10).optional(),
  verifyPatienceSeconds: z.number().int().min(0).max(120).optional(),
};

const asked = { ...common, request: RotateSchema, answer: AnswerSchema, verify: VerifySchema };

function told<T extends z.ZodType>(consequence: T) {
  return { consequences: z.array(consequence).min(1).max(10).optional() };
}

const fields = z.discriminatedUnion('strategy', [
  z.strictObject({ ...asked, ...told(InPlaceConsequenceSchema), strategy: z.literal('in-place') }),
  z.strictObject({
    ...asked,
    ...told(OverlapConsequenceSchema),
    strategy: z.literal('overlap'),
    overlap: OverlapSchema,
  }),
  z.strictObject({ ...common, strategy: z.literal('manual'), verify: VerifySchema.optional() }),
]);
export type ServiceDescription = z.infer<typeof fields>;

/**
 * A service in the words of whoever describes it: one JSON document, of which nothing is changed by reading it. A service
 * that rotates must be able to say whether a key is good, since that is how an answer that was lost is settled.
 */
export const ServiceDescriptionSchema = fields.superRefine(checkSettings).superRefine(checkName);

/** Every request that a service of this description is sent, with where it stands. */
export function requestsOf(description: ServiceDescription): { path: string[]; request: RequestDescription }[] {
  const { verify } = description;
  const ofAll = verify ? [{ path: ['verify'], request: verify }] : [];
  if (description.strategy === 'manual') return ofAll;
  const asking = [...ofAll, { path: ['request'], request: description.request }];
  if (description.strategy === 'in-place') return asking;
  const { list, revoke } = description.overlap;
  return [...asking, { path: ['overlap', 'list'], request: list }, { path: ['overlap', 'revoke'], request: revoke }];
}

/** A second key that was made and never came is found again by the name that Rekey gave it. */
function checkName(description: ServiceDescription, context: z.core.$RefinementCtx): void {
  if (description.strategy !== 'overlap') return;
  if (textsOf(description.request).some(({ text }) => placeholdersIn(text).includes('name'))) return;
  const message = 'must hold {name}: by it Rekey finds a key again of which the answer was lost';
  context.addIssue({ code: 'custom', path: ['request'], message });
}

/** A setting that a request needs must be there, so it must be declared, and required. */
function checkSettings(description: ServiceDescription, context: z.core.$RefinementCtx): void {
  const settings = description.settings ?? [];
  const required = settings.filter((one) => one.required).map(({ name }) => name);
  for (const { path, request } of requestsOf(description)) {
    for (const { path: within, text } of textsOf(request)) {
      const names = placeholdersIn(text).flatMap((name) => settingOf(name) ?? []);
      if (names.every((name) => required.includes(name))) continue;
      const message = 'holds a {setting.NAME} that is not among the settings with "required": true';
      context.addIssue({ code: 'custom', path: [...path, ...within], message });
    }
  }
  settings.forEach(({ name }, index) => {
    if (settings.findIndex((one) => one.name === name) === index) return;
    context.addIssue({ code: 'custom', path: ['settings', index, 'name'], message: 'stands here twice' });
  });
}
