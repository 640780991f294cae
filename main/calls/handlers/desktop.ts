import { crashText } from '../../crash/crash-note.ts';
import type { DesktopView } from '../../desktop/desktop.schema.ts';
import { DesktopError } from '../../desktop/desktop-parts.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';

type DesktopCalls = Pick<
  Handlers,
  | 'getDesktop'
  | 'setStartAtLogin'
  | 'setUpdateChecks'
  | 'checkForUpdate'
  | 'downloadUpdate'
  | 'installUpdate'
  | 'copyCrashNote'
  | 'dismissCrashNote'
>;

export function desktopHandlers({ desktopParts, emit }: Pick<CallParts, 'desktopParts' | 'emit'>): DesktopCalls {
  const { loginItem, updates, crashes, copyText } = desktopParts;
  const view = async (): Promise<DesktopView> => ({
    startAtLogin: (await loginItem?.isOn()) ?? null,
    updates: (await updates?.view()) ?? null,
    crash: crashes?.latest ?? null,
  });
  const changed = async (): Promise<DesktopView> => {
    emit({ name: 'changed', payload: { topic: 'desktop' } });
    return view();
  };
  return {
    getDesktop: view,
    async setStartAtLogin({ on }) {
      await there(loginItem).turn(on);
      return changed();
    },
    async setUpdateChecks({ on }) {
      await there(updates).setAutomatic(on);
      return changed();
    },
    async checkForUpdate() {
      await there(updates).check();
      return view();
    },
    async downloadUpdate() {
      await there(updates).download();
      return view();
    },
    async installUpdate() {
      await there(updates).install();
      return view();
    },
    async copyCrashNote() {
      const note = there(crashes).latest;
      if (note) await there(copyText)(crashText(note));
      return view();
    },
    async dismissCrashNote() {
      there(crashes).dismiss();
      return changed();
    },
  };
}

function there<T>(part: T | null): T {
  if (part !== null) return part;
  throw new DesktopError(
    'not-on-this-desktop',
    'That is a thing of Rekey’s desktop app, which does not run here. Nothing was changed.',
    'Install the desktop app to use it.',
  );
}
