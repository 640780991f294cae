import type { Platform } from '../../machine.ts';

/** A Windows clipboard flag: a DWORD, little-endian. */
function flag(value: 0 | 1): Uint8Array<ArrayBuffer> {
  return new Uint8Array([value, 0, 0, 0]);
}

const CONCEALED: Record<Platform, Readonly<Record<string, Uint8Array<ArrayBuffer>>>> = {
  darwin: { 'org.nspasteboard.ConcealedType': new TextEncoder().encode('concealed') },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: flag(1),
    CanIncludeInClipboardHistory: flag(0),
    CanUploadToCloudClipboard: flag(0),
  },
  linux: { 'x-kde-passwordManagerHint': new TextEncoder().encode('secret') },
};

/**
 * What goes beside a copied key so that clipboard histories and the cloud leave it out, under Electron's names for a
 * system's own formats. They are requests: a program that ignores them still sees the key.
 *
 * @see http://nspasteboard.org
 * @see https://learn.microsoft.com/en-us/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 */
export function concealedFormats(platform: Platform): Record<string, Blob> {
  return Object.fromEntries(
    Object.entries(CONCEALED[platform]).map(([format, bytes]) => [
      `electron application/osclipboard;format="${format}"`,
      new Blob([bytes]),
    ]),
  );
}
