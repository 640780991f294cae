import { join } from 'node:path';
import { app, clipboard } from 'electron';
import type { CrashNotes } from '../../crash/crash-notes.ts';
import { UpdatesFileSchema } from '../../desktop/desktop.schema.ts';
import type { DesktopParts } from '../../desktop/desktop-parts.ts';
import type { Machine } from '../../machine.ts';
import { JsonFile } from '../../storage/json-file.ts';
import { AutostartFile } from './login-item/autostart-file.ts';
import { loginItemFor } from './login-item/login-item.ts';
import { signedFeed } from './updates/feed.ts';
import { AppUpdates } from './updates/updates.ts';
import { readFeed, whyAbsent } from './updates/whether-signed.ts';

interface Given {
  readonly machine: Machine;
  readonly dataFolder: string;
  readonly crashes: CrashNotes;
  /** Ends the app with everything put away, then `leave`. @returns false in the middle of a rotation. */
  endWith(leave: () => void): Promise<boolean>;
  /** Something of it is different now. */
  onChange(): void;
}

/** What Electron's shell does on a desktop beside showing pages. Once the app is ready. */
export async function desktopParts(given: Given): Promise<DesktopParts & { readonly updates: AppUpdates }> {
  const { machine, dataFolder, crashes, endWith, onChange } = given;
  const loginItem = loginItemFor(machine);
  // Where it can't be brought up to date now, it is at the next start.
  if (loginItem instanceof AutostartFile) await loginItem.refresh().catch(() => {});
  const updates = new AppUpdates({
    // A file that can't be understood is set aside; all that it held was chosen again in no time.
    file: new JsonFile(
      join(dataFolder, 'updates.json'),
      UpdatesFileSchema,
      { version: 1, automatic: true, checkedAt: null },
      () => {},
    ),
    now: () => new Date(),
    absent: whyAbsent(app.isPackaged, machine.platform, app.isPackaged ? await readFeed(process.resourcesPath) : null),
    feed: signedFeed,
    endWith,
    onChange,
  });
  return { loginItem, updates, crashes, copyText: (text) => clipboard.writeText(text) };
}
