import type { CredentialView } from '../../../../preload/contract.ts';
import { questionsOf } from '../../../approvals/batch.schema.ts';
import type { Reminder } from '../../../reminders/reminder.schema.ts';
import { daysOld } from '../notifications/due-words.ts';
import { rotationRoute } from '../pages/address.ts';
import { statusLine } from './tray-mood.ts';
import type { TrayState } from './tray-state.ts';

/** What a click in the menu asks for. */
export type TrayAction =
  | { readonly do: 'open'; readonly route: string | null }
  | { readonly do: 'show-request'; readonly id: string }
  | {
      readonly do: 'rotate' | 'verify' | 'copy' | 'snooze';
      readonly credential: { readonly id: string; readonly name: string };
    }
  | { readonly do: 'quit' };

export type MenuItemSpec =
  | { readonly kind: 'separator' }
  /** Only to be read. */
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuItemSpec[] };

const SEPARATOR: MenuItemSpec = { kind: 'separator' };

/** So many keys have a line each: a longer menu runs off the screen. */
const MOST_KEYS = 15;

const STATE_WORDS: Record<CredentialView['state'], string> = {
  ok: '',
  rotating: ' (rotating)',
  'needs-you': ' (needs you)',
  locked: ' (locked)',
};

/** What comes first where not all have room. */
const URGENCY: readonly CredentialView['state'][] = ['needs-you', 'rotating', 'locked', 'ok'];

/**
 * The menu behind Rekey's icon, as data.
 * @param state null where the core could not be asked.
 */
export function trayMenu(state: TrayState | null): MenuItemSpec[] {
  return [
    { kind: 'line', label: statusLine(state) },
    ...group(state ? todo(state) : []),
    ...group(state ? state.due.map((reminder) => dueItem(reminder, state)) : []),
    ...group(state ? keys(state) : []),
    SEPARATOR,
    item('Open Rekey', { do: 'open', route: null }),
    item('Practice…', { do: 'open', route: '/practice' }),
    item('Settings…', { do: 'open', route: '/settings' }),
    SEPARATOR,
    item('Quit Rekey', { do: 'quit' }),
  ];
}

function todo({ requests, stuck, running, restarts }: TrayState): MenuItemSpec[] {
  return [
    ...questionsOf(requests).map(([{ id, plan }, ...others]) => {
      const what = others.length > 0 ? `${others.length + 1} keys` : `“${plan.target.name}”`;
      return item(`Decide: rotate ${what}?`, { do: 'show-request', id });
    }),
    ...stuck.map(({ id, target }) => item(`Go on with “${target.name}”…`, { do: 'open', route: rotationRoute(id) })),
    ...running.map(({ id, target }) =>
      item(`See how “${target.name}” is rotated`, { do: 'open', route: rotationRoute(id) }),
    ),
    ...restarts.map(({ host, reload, rotationId, name }) =>
      item(
        reload === 'restart-host' ? `Restart ${host} for “${name}”` : `Restart the servers of ${host} for “${name}”`,
        { do: 'open', route: rotationRoute(rotationId) },
      ),
    ),
  ];
}

/** All keys in the order that the app shows them in; of too many, those that need something, and a way to all. */
function keys(state: TrayState): MenuItemSpec[] {
  const all = state.credentials;
  const shown = all.length > MOST_KEYS ? new Set(all.toSorted(byUrgency).slice(0, MOST_KEYS)) : new Set(all);
  const menus = all.filter((one) => shown.has(one)).map((credential) => credentialMenu(credential, state));
  if (menus.length === all.length) return menus;
  return [...menus, item(`All ${all.length} keys…`, { do: 'open', route: '/keys' })];
}

function byUrgency(one: CredentialView, other: CredentialView): number {
  return (
    URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) ||
    Number(other.due) - Number(one.due) ||
    other.age - one.age
  );
}

function credentialMenu({ id, name, providerName, state, age }: CredentialView, tray: TrayState): MenuItemSpec {
  const credential = { id, name };
  const readable = tray.keychain === 'ready';
  const due = tray.due.some((reminder) => reminder.credential.id === id);
  return {
    kind: 'submenu',
    label: `${name} · ${providerName} · ${daysOld(age)}${STATE_WORDS[state]}`,
    items: [
      item(`Rotate “${name}”…`, { do: 'rotate', credential }, mayRotate(id, tray)),
      item(`Verify “${name}”`, { do: 'verify', credential }, readable),
      item(`Copy the key of “${name}”`, { do: 'copy', credential }, readable),
      ...(due ? [item(`Remind me of “${name}” in a week`, { do: 'snooze', credential })] : []),
    ],
  };
}

function dueItem({ kind, credential, age, rotationId }: Reminder, tray: TrayState): MenuItemSpec {
  const { id, name } = credential;
  if (kind === 'old-key' && rotationId !== null) {
    return item(`Revoke the old key of “${name}”…`, { do: 'open', route: rotationRoute(rotationId) });
  }
  return item(`Rotate “${name}”, ${daysOld(age)}…`, { do: 'rotate', credential: { id, name } }, mayRotate(id, tray));
}

/** One rotation of a key at a time, and none without the keychain. */
function mayRotate(id: string, { keychain, requests, credentials }: TrayState): boolean {
  const asked = requests.some(({ plan }) => plan.credential.id === id);
  const rotating = credentials.some((credential) => credential.id === id && credential.state === 'rotating');
  return keychain === 'ready' && !asked && !rotating;
}

function item(label: string, action: TrayAction, enabled = true): MenuItemSpec {
  return { kind: 'item', label, enabled, action };
}

function group(items: readonly MenuItemSpec[]): readonly MenuItemSpec[] {
  return items.length === 0 ? [] : [SEPARATOR, ...items];
}
