import type { Rotation } from '../../../rotation/rotation.schema.ts';

/** In general words: the reason itself may name a file. */
const WAITS_ON: Record<NonNullable<Rotation['waiting']>['on'], string> = {
  keychain: 'It waits for your keychain. Open Rekey to go on.',
  service: 'The service does not answer as it should. Open Rekey to go on.',
  person: 'Open Rekey to go on with it.',
};

/** What a notification says of a rotation that needs the person; null of one that does not. Names and counts, no key. */
export function rotationWords(rotation: Rotation): { title: string; body: string } | null {
  const { target, waiting, outcome, sites, restarts } = rotation;
  const name = `“${target.name}”`;
  if (waiting) return { title: `The rotation of ${name} needs you`, body: WAITS_ON[waiting.on] };
  switch (outcome) {
    case null:
      return null;
    case 'done-in-part': {
      const left = sites.filter(({ state }) => state === 'to-do').length;
      return { title: `${name} was rotated, and not all is done`, body: `Left to do: ${places(left)}.` };
    }
    case 'done': {
      const hosts = restarts.filter(({ state }) => state === 'wanted').map((host) => host.name);
      if (hosts.length === 0) return null;
      return { title: `${name} was rotated`, body: `Restart ${hosts.join(', ')}, so that the new key is used.` };
    }
    case 'lost':
      return { title: `The new key of ${name} did not arrive`, body: 'Open Rekey to put it right.' };
    default:
      return { title: `${name} was not rotated`, body: 'Nothing was changed. Open Rekey to see why.' };
  }
}

function places(count: number): string {
  return count === 1 ? 'one place where the old key stands' : `${count} places where the old key stands`;
}
