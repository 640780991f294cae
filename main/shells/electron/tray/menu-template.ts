import type { MenuItemConstructorOptions } from 'electron';
import type { MenuItemSpec, TrayAction } from './tray-menu.ts';

/** A menu's data in Electron's form. */
export function menuTemplate(
  items: readonly MenuItemSpec[],
  run: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return items.map((item) => {
    if (item.kind === 'separator') return { type: 'separator' };
    const label = literal(item.label);
    if (item.kind === 'line') return { label, enabled: false };
    if (item.kind === 'submenu') return { label, submenu: menuTemplate(item.items, run) };
    return { label, enabled: item.enabled, click: () => run(item.action) };
  });
}

/** A single `&` would underline the next letter. */
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}
