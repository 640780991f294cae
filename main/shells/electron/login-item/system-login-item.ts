import { app } from 'electron';
import { DesktopError, type LoginItem } from '../../../desktop/desktop-parts.ts';

/**
 * The login item of macOS and Windows, which the systems keep themselves.
 * @see https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows
 */
export class SystemLoginItem implements LoginItem {
  readonly #args: string[];

  /** @param argument by which Windows' start at login is known again. */
  constructor(argument: string) {
    this.#args = [argument];
  }

  async isOn(): Promise<boolean> {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args: this.#args });
    // On Windows the person can have switched it off in the task manager, which leaves the entry. macOS has no such thing.
    return openAtLogin && executableWillLaunchAtLogin !== false;
  }

  async turn(on: boolean): Promise<void> {
    app.setLoginItemSettings({ openAtLogin: on, args: this.#args });
    // macOS may leave it to the person, who then finds it in the system's settings.
    if ((await this.isOn()) === on) return;
    throw new DesktopError(
      'login-item-failed',
      `The system did not take the change: Rekey ${on ? 'does not start' : 'still starts'} when you log in.`,
      'Change it in the system’s own settings, under login items or startup apps.',
    );
  }
}
