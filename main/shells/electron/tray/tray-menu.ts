import type { CredentialView } from '../../../../preload/contract.ts';
import { rotationRoute } from '../pages/address.ts';
import { statusLine } from './tray-mood.ts';
import type { TrayState } from './tray-state.ts';

/** What a click in the menu asks for. */
export type TrayAction =
  | { readonly do: 'open'; readonly route: string | null }
  | { readonly do: 'show-request'; readonly id: string }
  | { readonly do: 'rotate' | 'verify' | 'copy'; readonly credential: { readonly id: string; readonly name: string } }
  | { readonly do: 'quit' };

export type MenuItemSpec =
  | { readonly kind: 'separator' }
  /** Only to be read. */
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuItemSpec[] };

const SEPARATOR: MenuItemSpec = { kind: 'separator' };

const STATE_WORDS: Record<CredentialView['state'], string> = {
  ok: '',
  rotating: ' (rotating)',
  'needs-you': ' (needs you)',
  locked: ' (locked)',
};

/**
 * The menu behind Rekey's icon, as data.
 * @param state null where the core could not be asked.
 */
export function trayMenu(state: TrayState | null): MenuItemSpec[] {
  return [
    { kind: 'line', label: statusLine(state) },
    ...group(state ? todo(state) : []),
    ...group(state ? state.credentials.map((credential) => credentialMenu(credential, state)) : []),
    SEPARATOR,
    item('Open Rekey', { do: 'open', route: null }),
    item('Quit Rekey', { do: 'quit' }),
  ];
}

function todo({ requests, stuck, running, restarts }: TrayState): MenuItemSpec[] {
  return [
    ...requests.map(({ id, plan }) => item(`Decide: rotate “${plan.target.name}”?`, { do: 'show-request', id })),
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

function credentialMenu({ id, name, providerName, state }: CredentialView, tray: TrayState): MenuItemSpec {
  const credential = { id, name };
  const readable = tray.keychain === 'ready';
  const asked = tray.requests.some(({ plan }) => plan.credential.id === id);
  const free = readable && !asked && state !== 'rotating';
  return {
    kind: 'submenu',
    label: `${name} · ${providerName}${STATE_WORDS[state]}`,
    items: [
      item(`Rotate “${name}”…`, { do: 'rotate', credential }, free),
      item(`Verify “${name}”`, { do: 'verify', credential }, readable),
      item(`Copy the key of “${name}”`, { do: 'copy', credential }, readable),
    ],
  };
}

function item(label: string, action: TrayAction, enabled = true): MenuItemSpec {
  return { kind: 'item', label, enabled, action };
}

function group(items: readonly MenuItemSpec[]): readonly MenuItemSpec[] {
  return items.length === 0 ? [] : [SEPARATOR, ...items];
}
