import { join } from 'node:path';
import { type NativeImage, nativeImage } from 'electron';
import type { Platform } from '../../../machine.ts';
import type { TrayMood } from './tray-mood.ts';

/**
 * The icon for a mood. Each differs by shape, not by colour alone.
 *
 * macOS draws a template (its name has to end so) in the colour of its menu bar. Elsewhere the bar's colour can't be
 * known, so the icon has a ground of its own. Electron finds the `@2x` file beside it.
 */
export function trayIcon(folder: string, mood: TrayMood, platform: Platform): NativeImage {
  return nativeImage.createFromPath(join(folder, platform === 'darwin' ? `${mood}Template.png` : `${mood}.png`));
}
