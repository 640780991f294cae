import type { ServiceForm } from './service.schema.ts';

/** What any key may be, where the person does not say how the service's keys look. */
const ANY_KEY = '[\\w.~+/=:|@-]{8,500}';

/**
 * The description that a form makes, of the strategy `manual`: the same text that a person could have written. What is
 * wrong with the form is found by reading it, as with any other.
 *
 * @param isTaken whether there is a service of this id.
 */
export function descriptionOfForm(form: ServiceForm, isTaken: (id: string) => boolean): string {
  const { pattern = '', hint = '', verify } = form;
  const page = form.page.trim();
  const description = {
    version: 1,
    id: freeId(form.name, isTaken),
    name: form.name.trim(),
    page,
    baseUrls: [originOf(verify ? verify.url.trim() : page)],
    envNames: form.envNames.map((name) => name.trim()).filter((name) => name !== ''),
    key: { pattern: pattern.trim() || ANY_KEY, ...(hint.trim() !== '' && { hint: hint.trim() }) },
    strategy: 'manual',
    ...(verify && { verify: verifyOf(verify) }),
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

function verifyOf({ url, header, value, has = '' }: NonNullable<ServiceForm['verify']>) {
  const parsed = URL.parse(url.trim());
  return {
    method: 'GET',
    path: parsed ? parsed.pathname + parsed.search : '/',
    headers: { [header.trim()]: value.trim() },
    ...(has.trim() !== '' && { has: has.trim() }),
  };
}

/** What is no address that a key may go to stays as it is, for the description's own check. */
function originOf(address: string): string {
  const url = URL.parse(address);
  const isPlain = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url && isPlain && !url.username && !url.password ? url.origin : address;
}

/** `Acme Mail` becomes `acme-mail`, or `acme-mail-2`. */
function freeId(name: string, isTaken: (id: string) => boolean): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 36)
    .replace(/^-+|-+$/g, '');
  const wanted = slug === '' ? 'service' : slug;
  let id = wanted;
  for (let count = 2; isTaken(id); count += 1) id = `${wanted}-${count}`;
  return id;
}
