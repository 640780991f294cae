import type { CallOutput } from '../../../../preload/contract.ts';
import type { Core } from '../../../calls/dispatch.ts';
import type { Notice } from '../notifications/notifier.ts';
import { keyRoute } from '../pages/address.ts';
import type { TrayAction } from './tray-menu.ts';
import { TRAY } from './tray-state.ts';

/** What a click in the menu can set in motion. */
export interface Ways {
  readonly core: Core;
  openMain(route?: string): void;
  showConfirmation(approvalId: string): void;
  tell(message: string, detail: string, type: 'info' | 'warning'): Promise<void>;
  tellFailure(error: unknown): Promise<void>;
  readonly notifier: { show(about: string, notice: Notice): void };
  quit(): void;
}

/** Does what a click in the menu asks for; what fails is told to the person. */
export async function runAction(action: TrayAction, ways: Ways): Promise<void> {
  try {
    await run(action, ways);
  } catch (error) {
    await ways.tellFailure(error);
  }
}

async function run(
  action: TrayAction,
  { core, openMain, showConfirmation, tell, notifier, quit }: Ways,
): Promise<void> {
  switch (action.do) {
    case 'open':
      return openMain(action.route ?? undefined);
    case 'show-request':
      return showConfirmation(action.id);
    case 'rotate':
      // Its confirmation opens by the event that follows.
      await core.call('requestRotation', { credential: action.credential.id }, TRAY);
      return;
    case 'verify':
      return tell(
        ...verificationWords(await core.call('verifyCredential', { credential: action.credential.id }, TRAY)),
      );
    case 'copy':
      return notifier.show(
        'copied',
        copiedNotice(
          action.credential,
          await core.call('copyKey', { credential: action.credential.id }, TRAY),
          openMain,
        ),
      );
    case 'snooze':
      await core.call('snoozeReminder', { credential: action.credential.id }, TRAY);
      return;
    case 'quit':
      return quit();
  }
}

/** The menu is closed by then, and the clipboard shows nothing: without a word nobody would know whether it was done. */
function copiedNotice(
  { id, name }: { id: string; name: string },
  { clearedAfterSeconds }: CallOutput<'copyKey'>,
  open: (route: string) => void,
): Notice {
  return {
    title: `The key of “${name}” was copied`,
    body: `It leaves the clipboard after ${clearedAfterSeconds} seconds.`,
    open: () => open(keyRoute(id)),
  };
}

/** What the service said about a key: message, detail and weight. */
function verificationWords({
  credential: { name, providerName },
  state,
  account,
  reason,
}: CallOutput<'verifyCredential'>): [message: string, detail: string, type: 'info' | 'warning'] {
  if (state === 'accepted') {
    return [`“${name}” works.`, `${providerName} accepts this key${account ? ` for ${account}` : ''}.`, 'info'];
  }
  const because = reason ? `${reason}\n\n` : '';
  if (state === 'refused') {
    return [
      `${providerName} refuses “${name}”.`,
      `${because}Get a working key there and add it to Rekey in the place of this one.`,
      'warning',
    ];
  }
  return [
    `Whether “${name}” works could not be found out.`,
    `${because}Nothing was changed. Try again in a moment.`,
    'warning',
  ];
}
