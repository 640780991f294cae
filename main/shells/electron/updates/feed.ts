/** Where newer versions come from. */
export interface Feed {
  /** @returns the newer version that is there; null when there is none. */
  check(): Promise<string | null>;
  /** Downloads and checks what was found last. @param onPercent how far it is, 0 to 100. */
  download(onPercent: (percent: number) => void): Promise<void>;
  /** Ends this process and starts the newer version. Only after {@link download}. */
  install(): void;
}

/**
 * electron-updater, which does nothing by itself here. It checks the size and the SHA-512 of what it downloads, and the
 * signature.
 * @see https://www.electron.build/auto-update
 */
export async function signedFeed(): Promise<Feed> {
  // Only where it is used: it looks for a packaged app as soon as it is there.
  const { autoUpdater } = await import('electron-updater');
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  // It would write addresses and paths to the standard output.
  autoUpdater.logger = null;
  // What fails comes as a rejection too; an event `error` without a listener would be thrown.
  autoUpdater.on('error', () => {});
  return {
    async check() {
      const result = await autoUpdater.checkForUpdates();
      return result?.isUpdateAvailable ? result.updateInfo.version : null;
    },
    async download(onPercent) {
      const tell = ({ percent }: { percent: number }): void => onPercent(percent);
      autoUpdater.on('download-progress', tell);
      try {
        await autoUpdater.downloadUpdate();
      } finally {
        autoUpdater.off('download-progress', tell);
      }
    },
    install: () => autoUpdater.quitAndInstall(false, true),
  };
}
