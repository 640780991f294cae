import { z } from 'zod';
import { placeholdersIn, settingOf, textsIn, withoutPlaceholders } from './placeholders.ts';

const METHODS = {
  rotate: ['POST', 'PUT', 'PATCH'],
  ask: ['GET', 'POST'],
  revoke: ['DELETE', 'POST', 'PUT', 'PATCH'],
} as const;

/** What a request may be filled with, beside `{setting.…}`. */
const PLACEHOLDERS: Readonly<Record<keyof typeof METHODS, readonly string[]>> = {
  rotate: ['key', 'idempotency_key', 'now', 'name'],
  ask: ['key'],
  revoke: ['key', 'id'],
};

/** What `send` sets itself, and what would make an answer unreadable. */
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
];

/** Whether an address would lead elsewhere than it says. */
export function hasSteps(path: string): boolean {
  return path
    .replace(/\?.*$/s, '')
    .replace(/%2e/gi, '.')
    .split('/')
    .some((step) => step === '.' || step === '..');
}

const PathSchema = z
  .string()
  .max(300)
  .regex(/^\//, 'must begin with / and go on from the base URL')
  .refine((path) => !placeholdersIn(path).includes('key'), {
    error: 'must not hold {key}: addresses are written down on the way; put the key into a header or the body',
  })
  .refine((path) => /^[\w\-.~!$&'()*+,;=:@%/?]*$/.test(withoutPlaceholders(path)), {
    error: 'must consist of what an address may hold, without # and spaces: percent-encode other signs',
  })
  .refine((path) => !hasSteps(path), { error: 'must not hold the steps . and ..' });

const HeaderValueSchema = z
  .string()
  .max(1_000)
  .regex(/^[\x20-\x7e]*$/, 'must be one line of visible ASCII');

const HeadersSchema = z
  .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,80}$/, { error: 'is not the name of a header' }), HeaderValueSchema)
  .superRefine((headers, context) => {
    const names = Object.keys(headers);
    if (names.length > 20) context.addIssue('must be at most 20 headers');
    for (const [index, name] of names.entries()) {
      if (OWN_HEADERS.includes(name.toLowerCase())) {
        context.addIssue({ code: 'custom', path: [name], message: 'is a header that Rekey sets itself' });
      }
      if (names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase())) {
        context.addIssue({ code: 'custom', path: [name], message: 'stands here twice' });
      }
    }
  });

const BodySchema = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())], {
  error: 'must be an object or a list; it is sent as JSON',
});

/** What every described request has. */
export interface RequestDescription {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

/** The fields of a request of one kind; {@link checkRequest} knows what they must be together. */
export function requestFields<K extends keyof typeof METHODS>(kind: K) {
  return {
    method: z.enum(METHODS[kind]),
    path: PathSchema,
    headers: HeadersSchema.optional(),
    body: BodySchema.optional(),
  };
}

/** Adds an issue for every placeholder that there isn't, and for a request that carries no key. */
export function checkRequest(kind: keyof typeof METHODS) {
  return (request: RequestDescription, context: z.core.$RefinementCtx): void => {
    const known = PLACEHOLDERS[kind];
    const texts = textsOf(request);
    for (const { path, text } of texts) {
      if (placeholdersIn(text).every((name) => known.includes(name) || settingOf(name) !== null)) continue;
      const there = known.map((name) => `{${name}}`).join(', ');
      context.addIssue({
        code: 'custom',
        path,
        message: `holds a placeholder that there is not; here are: ${there}, {setting.NAME}`,
      });
    }
    if (!texts.some(({ text }) => placeholdersIn(text).includes('key'))) {
      context.addIssue('must hold {key} in a header or in the body: where the key itself goes');
    }
    if (kind === 'revoke' && !texts.some(({ text }) => placeholdersIn(text).includes('id'))) {
      context.addIssue('must hold {id}: which key is to be revoked');
    }
    if (request.method === 'GET' && request.body !== undefined) {
      context.addIssue({ code: 'custom', path: ['body'], message: 'can’t be sent with the method GET' });
    }
  };
}

/** All texts of a request in which placeholders count. */
export function textsOf({ path, headers, body }: RequestDescription): { path: PropertyKey[]; text: string }[] {
  return textsIn({ path, headers, body });
}
