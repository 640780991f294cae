import byHand from './examples/by-hand.json' with { type: 'json' };
import inPlace from './examples/in-place.json' with { type: 'json' };
import overlap from './examples/overlap.json' with { type: 'json' };
import type { ServiceList } from './service.schema.ts';

/** Descriptions of made-up services, one of each strategy: they come with the program, and no key is of them. */
export const examples: ServiceList['examples'] = [
  {
    name: 'in-place',
    about: 'the key asks for its successor and dies; a setting stands in the address',
    text: written(inPlace),
  },
  { name: 'overlap', about: 'a second key is made, and the first one revoked afterwards', text: written(overlap) },
  {
    name: 'by-hand',
    about: 'you make the new key on the service’s page, and Rekey asks whether it is good',
    text: written(byHand),
  },
];

function written(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
